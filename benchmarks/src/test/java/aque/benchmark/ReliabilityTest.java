package aque.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The short form of what `benchmarks/run reliability` does at length. It takes some 35 s: a worker that was killed
/// is given up after ten, and the tests of torture have one harm together where the one does not hide the other.
final class ReliabilityTest {
    private static final int ROWS = 12_000;

    private static Stage stage;

    @BeforeAll
    static void start() throws IOException {
        stage = new Stage(Options.of(List.of("--tasks", ROWS + "")), new EmbeddedServer());
    }

    @AfterAll
    static void end() {
        stage.close();
    }

    @Test
    void nothingIsLostOrDoneTwiceWhenWorkersAndConnectionsAreKilled() throws Exception {
        var harm = Harm.CALM.withSteerers(4).withWorkerKills(1).withConnectionKills(1);
        var verdict = new Torture(stage, harm).run(Duration.ofSeconds(6));
        assertThat(verdict.passed()).as(verdict + ": " + verdict.faults()).isTrue();
    }

    @Test
    void nothingIsLostOrDoneTwiceWhenTheServerIsKilled() throws Exception {
        var verdict = new Torture(stage, Harm.CALM.withServerKills(1)).run(Duration.ofSeconds(4));
        assertThat(verdict.passed()).as(verdict + ": " + verdict.faults()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"told-twice", "reference", "plans", "privileges"})
    void findsNoFault(String name) throws Exception {
        assertThat(new ReliabilityBenchmark().faults(name, stage, Duration.ofSeconds(6)))
                .isEmpty();
    }
}
