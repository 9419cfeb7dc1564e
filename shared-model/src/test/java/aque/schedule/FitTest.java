package aque.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FitTest {
    private static Capabilities node(String name, int cpus) {
        return new Capabilities(
                name,
                "linux",
                "ann",
                cpus * 1000,
                8L << 30,
                Map.of("amount.worker.gpu", 1.0),
                Map.of("attr.x", Set.of("a", "b")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "n1;n1;true",
                "n1;n2;false",
                "n*;n2;true",
                "!n2;n2;false",
                "!n2;n1;true",
                "n1,!n*;n1;true",
                "n1,!n*;n2;false",
                "!n1,n*;n2;true",
                "N1;n1;true"
            })
    void hostGlobsDecideInOrder(String globs, String host, boolean fits) {
        assertThat(Fit.hostMatches(globs, host)).isEqualTo(fits);
    }

    @Test
    void everyNeedThatAWorkerDoesNotMeetIsNamed() {
        var amounts = new TreeMap<>(Map.of("amount.worker.gpu", 2.0));
        var attributes = new TreeMap<>(Map.of("attr.x", new Needs.Attribute(List.of("c"), List.of())));
        var needs = new Needs(4000, 16L << 30, "", "macos", amounts, attributes);
        assertThat(Fit.misses(needs, node("n1", 2)).stream().map(Fit.Miss::need))
                .containsExactly(
                        "4 cpus", "16384 MiB of memory", "platform macos", "amount.worker.gpu of 2", "attr.x any of c");
    }

    @Test
    void whatNobodyHasIsSaidOnceWithTheBestThereIs() {
        var offers = List.of(
                new Waiting.Offer("n1", node("n1", 2), 2000, 8L << 30, false, Optional.empty()),
                new Waiting.Offer("n2", node("n2", 4), 0, 0, false, Optional.empty()));
        assertThat(Waiting.reasons(Needs.ONE_CPU.withCpu(8000), offers))
                .containsExactly("needs 8 cpus, no worker has that (n1: 2, n2: 4)");
        assertThat(Waiting.reasons(Needs.ONE_CPU.withCpu(4000), offers))
                .containsExactly("n2 is busy: 0 of 4 cpus free, it needs 4");
        assertThat(Waiting.reasons(Needs.ONE_CPU, offers)).containsExactly("it is next: n1 has room and will take it");
        assertThat(Waiting.reasons(Needs.ONE_CPU, List.of()).getFirst()).contains("no worker is up");
    }

    @Test
    void equalNeedsGiveEqualTraitsAndComeBackFromThem() {
        var needs = new Needs(
                -4,
                5,
                "a,!b",
                "linux",
                new TreeMap<>(Map.of("amount.y", 1.5)),
                new TreeMap<>(Map.of("attr.x", new Needs.Attribute(List.of("c"), List.of("d")))));
        assertThat(Needs.of(-4, 5, needs.traitsJson())).isEqualTo(needs);
        assertThat(Needs.ONE_CPU.traitsJson()).isEqualTo("{}");
    }
}
