package aque.desktop.log;

import static org.assertj.core.api.Assertions.assertThat;

import aque.desktop.log.Comparison.Kind;
import aque.desktop.log.Comparison.Row;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    @Test
    void figuresAreNoDifference() {
        var both =
                Comparison.of(List.of("start", "Fra:101 Mem:812M", "end"), List.of("start", "Fra:101 Mem:9M", "end"));

        assertThat(both.rows())
                .containsExactly(
                        new Row(Kind.SAME, "start", "start", -1),
                        new Row(Kind.FIGURES, "Fra:101 Mem:812M", "Fra:101 Mem:9M", -1),
                        new Row(Kind.SAME, "end", "end", -1));
        assertThat(both.places()).isZero();
    }

    @Test
    void whatOneSideAloneHasStandsAlone() {
        var both = Comparison.of(List.of("start", "error: no file", "retry", "end"), List.of("start", "saved", "end"));

        assertThat(both.rows())
                .containsExactly(
                        new Row(Kind.SAME, "start", "start", -1),
                        new Row(Kind.OTHER, "error: no file", "saved", 0),
                        new Row(Kind.OTHER, "retry", "", 0),
                        new Row(Kind.SAME, "end", "end", -1));
        assertThat(both.places()).isEqualTo(1);
    }

    @Test
    void emptyLogsAndAddedEnds() {
        assertThat(Comparison.of(List.of(), List.of()).rows()).isEmpty();
        assertThat(Comparison.of(List.of("a"), List.of("a", "b", "c")).rows())
                .containsExactly(
                        new Row(Kind.SAME, "a", "a", -1),
                        new Row(Kind.OTHER, "", "b", 0),
                        new Row(Kind.OTHER, "", "c", 0));
        assertThat(Comparison.of(List.of("b"), List.of()).places()).isEqualTo(1);
    }

    @Test
    void everyLineOfBothIsThereInItsOrder() {
        var random = new java.util.Random(8);
        for (int round = 0; round < 200; round++) {
            var left = words(random);
            var right = words(random);
            var rows = Comparison.of(left, right).rows();

            assertThat(rows.stream().map(Row::left).filter(l -> !l.isEmpty())).isEqualTo(left);
            assertThat(rows.stream().map(Row::right).filter(l -> !l.isEmpty())).isEqualTo(right);
        }
    }

    private static List<String> words(java.util.Random random) {
        return IntStream.range(0, random.nextInt(12))
                .mapToObj(i -> String.valueOf((char) ('a' + random.nextInt(5))))
                .toList();
    }
}
