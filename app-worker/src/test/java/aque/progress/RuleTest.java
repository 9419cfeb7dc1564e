package aque.progress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RuleTest {
    private static boolean finds(String regex, String line) {
        return Rule.of(Rule.Kind.PROGRESS, regex).find(line) != null;
    }

    @Test
    void whatStandsAtTheBeginningIsLookedForThereOnly() {
        assertThat(Rule.of(Rule.Kind.PROGRESS, "^Frame \\d").first()).isTrue();
        assertThat(finds("^Frame \\d", "Frame 7")).isTrue();
        assertThat(finds("^Frame \\d", "a Frame 7")).isFalse();
    }

    @Test
    void whatMayBeMissingAtTheBeginningIsNot() {
        assertThat(finds("^foo?.*foo", "fo foo")).isTrue();
        assertThat(finds("^foo*.*foo", "fo foo")).isTrue();
        assertThat(finds("^foo{0,1}.*foo", "fo foo")).isTrue();
        assertThat(finds("^foo|bar", "a bar")).isTrue();
    }
}
