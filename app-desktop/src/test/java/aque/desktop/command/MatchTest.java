package aque.desktop.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatchTest {

    @ParameterizedTest
    @CsvSource({"hold,Hold,Show log", "nw,New window,Know how", "prio up,Priority up,Up priority"})
    void whatFitsBetterComesFirst(String typed, String better, String worse) {
        assertThat(Match.score(typed, better)).isGreaterThan(Match.score(typed, worse));
    }

    @ParameterizedTest
    @CsvSource({"xyz,Hold", "holdd,Hold", "dlh,Hold"})
    void lettersThatAreNotThereInThisOrderDoNotFit(String typed, String title) {
        assertThat(Match.score(typed, title)).isEqualTo(-1);
    }
}
