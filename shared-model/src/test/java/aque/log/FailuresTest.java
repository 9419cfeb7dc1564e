package aque.log;

import static org.assertj.core.api.Assertions.assertThat;

import aque.broker.Claim;
import aque.task.TaskState;
import aque.testing.TestFarm;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class FailuresTest {

    @Test
    void framesWithTheSameTracebackAreOneGroup() {
        try (var farm = new TestFarm()) {
            var job = farm.submit(Stream.concat(
                            Stream.of(TestFarm.group("boat", -1)),
                            IntStream.range(101, 109).mapToObj(i -> TestFarm.command("" + i, 0)))
                    .toArray(aque.submit.NewTask[]::new));
            var worker = farm.worker("node14");
            for (int took = 0; took < 8; ) {
                var claims = farm.acquire(worker, 8);
                took += claims.size();
                claims.forEach(claim -> {
                    write(farm, claim, claim.name().equals("104") ? "killed by oom\n" : missing(claim.name()));
                    farm.fail(worker, claim);
                });
            }
            var failed = farm.farm.tasksOfJob(job).stream()
                    .filter(t -> !t.isJob() && t.state() == TaskState.ERROR)
                    .toList();

            var groups = new Failures(new LogStore(farm.database)).groups(failed);

            assertThat(groups).extracting(g -> g.tasks().size()).containsExactly(7, 1);
            assertThat(groups.getFirst().fingerprint().title())
                    .isEqualTo(missing("101").strip());
            assertThat(groups.getLast().tasks()).containsExactly(farm.named(job, "104"));
        }
    }

    private static String missing(String frame) {
        return "Error: cannot open /show/plates/boat." + frame + ".exr\n";
    }

    private static void write(TestFarm farm, Claim claim, String text) {
        new LogStore(farm.database)
                .append(List.of(new LogChunk(
                        claim.task(),
                        claim.attempt(),
                        Channel.STDERR,
                        0,
                        Instant.now(),
                        text.getBytes(StandardCharsets.UTF_8))));
    }
}
