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

/// The short form of what `benchmarks/run reliability` does at length. It takes some 30 s: a worker that was killed
/// is given up after ten.
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
        assertNothingLost(verdict);
    }

    @Test
    void nothingIsLostOrDoneTwiceWhenTheServerIsKilled() throws Exception {
        assertNothingLost(new Torture(stage, Harm.CALM.withServerKills(1)).run(Duration.ofSeconds(4)));
    }

    /// A deadlock costs a retry and loses nothing: at length it counts as well.
    private static void assertNothingLost(Torture.Verdict verdict) {
        assertThat(verdict.faults()).as(verdict.toString()).isEmpty();
        assertThat(verdict.doubled() + verdict.stranded())
                .as(verdict.toString())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"told-twice", "reference", "plans", "privileges"})
    void findsNoFault(String name) throws Exception {
        assertThat(new ReliabilityBenchmark().faults(name, stage, Duration.ofSeconds(6)))
                .isEmpty();
    }
}
