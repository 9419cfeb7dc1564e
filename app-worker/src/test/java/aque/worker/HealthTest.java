package aque.worker;

import static org.assertj.core.api.Assertions.assertThat;

import aque.broker.Claim;
import aque.broker.Outcome;
import aque.submit.TaskOptions;
import aque.submit.Work;
import aque.task.TaskId;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class HealthTest {
    private final Health health = new Health();

    private static Claim of(long job) {
        var id = new TaskId(job);
        return new Claim(
                id, id, "x", 1, 1000, 0, 0, new Work.Command(List.of("x")), "ann", "/", Map.of(), TaskOptions.NONE);
    }

    private boolean doubts(long job, Outcome outcome) {
        return health.ended(of(job), outcome).isPresent();
    }

    private static List<TaskId> ids(long... numbers) {
        return LongStream.of(numbers).mapToObj(TaskId::new).toList();
    }

    private static Outcome bad(String reason) {
        return Outcome.error(new TaskId(1), 1, reason);
    }

    @Test
    void failuresOfThreeJobsInARowAreADoubtAndSaySoInWords() {
        assertThat(doubts(1, bad("exit"))).isFalse();
        assertThat(doubts(1, bad("exit"))).isFalse();
        assertThat(doubts(2, bad("exit"))).isFalse();
        assertThat(health.ended(of(3), bad("no_cwd")))
                .contains(new Health.Doubt(ids(1, 2, 3), ids(1, 2, 3), "exit, no_cwd"));
    }

    @Test
    void aSuccessEndsTheRowAndWhatIsKilledDoesNotCount() {
        doubts(1, bad("exit"));
        doubts(2, bad("exit"));
        assertThat(doubts(3, Outcome.givenBack(new TaskId(3), 1, "stopped"))).isFalse();
        assertThat(doubts(4, Outcome.success(new TaskId(4), 1))).isFalse();
        assertThat(doubts(5, bad("exit"))).isFalse();
        assertThat(doubts(6, bad("exit"))).isFalse();
    }
}
