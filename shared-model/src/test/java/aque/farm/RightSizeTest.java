package aque.farm;

import static org.assertj.core.api.Assertions.assertThat;

import aque.broker.Outcome;
import aque.schedule.Needs;
import aque.submit.NewTask;
import aque.submit.TaskOptions;
import aque.submit.Work;
import aque.testing.TestFarm;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class RightSizeTest {
    private static final long GIB = 1L << 30;

    private static String hint(int cpus, double memory, double peak, double busy) {
        return new RightSize("bake", cpus * 1000, (long) (memory * GIB), (long) (peak * GIB), (int) (busy * 1000), 9)
                .hint()
                .orElse("");
    }

    @Test
    void whoAsksForMuchMoreThanHeUsesIsToldWhatWouldDo() {
        assertThat(hint(1, 8, 1.2, 1)).isEqualTo("bake asked for 8 GiB and used 1.2 GiB at most: --memory 1536M");
        assertThat(hint(8, 0, 1, 1.3)).isEqualTo("bake asked for 8 cpus and kept 1.3 busy: --cpus 2");
        assertThat(hint(1, 1, 1.5, 1)).isEqualTo("bake asked for 1 GiB and used 1.5 GiB at most: --memory 2048M");
        assertThat(hint(2, 2, 1.5, 1.9)).isEmpty();
        assertThat(hint(1, 0.5, 0.01, 0.1)).isEmpty();
    }

    @Test
    void theLastTasksOfAStepAreLookedAt() {
        try (var farm = new TestFarm()) {
            var task = new NewTask(
                    "true",
                    new Work.Command(List.of("true")),
                    0,
                    List.of(),
                    Needs.ONE_CPU.withMemory(4 * GIB),
                    0,
                    TaskOptions.NONE);
            var job = farm.submit(TestFarm.group("bake", -1), task, task);
            var worker = farm.worker("w");
            for (var claim : farm.acquire(worker, 2)) {
                farm.broker.complete(
                        worker,
                        List.of(new Outcome(
                                claim.task(),
                                claim.attempt(),
                                Outcome.End.SUCCESS,
                                "",
                                OptionalInt.of(0),
                                OptionalInt.empty(),
                                OptionalLong.of(GIB / 2 + claim.task().value()),
                                OptionalLong.of(1),
                                -1,
                                "")));
            }
            assertThat(farm.farm.details(job).orElseThrow().sizes())
                    .containsExactly("bake asked for 4 GiB and used 512 MiB at most: --memory 768M");
        }
    }
}
