package aque.desktop.log;

import static org.assertj.core.api.Assertions.assertThat;

import aque.desktop.log.AnsiText.Span;
import org.junit.jupiter.api.Test;

class AnsiTextTest {
    private static final String ESC = "\u001b";

    @Test
    void coloursBecomeSpans() {
        assertThat(AnsiText.spans("a " + ESC + "[1;31mred" + ESC + "[0m b" + ESC + "[92mgreen"))
                .containsExactly(
                        new Span("a ", AnsiText.USUAL, false),
                        new Span("red", 1, true),
                        new Span(" b", AnsiText.USUAL, false),
                        new Span("green", 10, false));
    }

    @Test
    void coloursOfTheCubeAndExactOnesAreNotTakenForNamedOnes() {
        assertThat(AnsiText.spans(ESC + "[38;5;31mcube" + ESC + "[38;2;1;2;3mexact" + ESC + "[48;5;31;33mon"))
                .containsExactly(
                        new Span("cube", AnsiText.EXACT + 0x0087af, false),
                        new Span("exact", AnsiText.EXACT + 0x010203, false),
                        new Span("on", 3, false));
    }

    @Test
    void aSequenceThatIsCutOffBreaksNothing() {
        assertThat(AnsiText.spans(ESC + "[38m" + ESC + "[38;5mx"))
                .containsExactly(new Span("x", AnsiText.USUAL, false));
    }

    @Test
    void aTextWithoutSequencesIsItself() {
        assertThat(AnsiText.spans("plain [31m")).containsExactly(new Span("plain [31m", AnsiText.USUAL, false));
    }
}
