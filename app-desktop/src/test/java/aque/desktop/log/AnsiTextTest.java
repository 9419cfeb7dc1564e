package aque.desktop.log;

import static org.assertj.core.api.Assertions.assertThat;

import aque.desktop.log.AnsiText.Span;
import org.junit.jupiter.api.Test;

class AnsiTextTest {
    private static final String ESC = "\u001b";

    @Test
    void coloursBecomeStyles() {
        assertThat(AnsiText.spans("a " + ESC + "[1;31mred" + ESC + "[0m b" + ESC + "[92mgreen"))
                .containsExactly(
                        new Span("a ", ""),
                        new Span("red", "ansi-red"),
                        new Span(" b", ""),
                        new Span("green", "ansi-green"));
    }

    @Test
    void everyOtherSequenceIsLeftOut() {
        assertThat(AnsiText.plain(ESC + "[2K" + ESC + "[1A" + ESC + "]0;title\u0007done" + ESC + "[m"))
                .isEqualTo("done");
    }

    @Test
    void aTextWithoutSequencesIsItself() {
        assertThat(AnsiText.spans("plain [31m")).containsExactly(new Span("plain [31m", ""));
    }
}
