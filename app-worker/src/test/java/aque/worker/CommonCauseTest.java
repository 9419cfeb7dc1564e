package aque.worker;

import static org.assertj.core.api.Assertions.assertThat;

import aque.schedule.Needs;
import aque.submit.NewTask;
import aque.submit.TaskOptions;
import aque.submit.Work;
import aque.task.TaskId;
import aque.task.TaskState;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class CommonCauseTest {
    @RegisterExtension
    private final FarmWithWorker here = new FarmWithWorker();

    private TaskId failed(String script) {
        var id = here.farm.submit(new NewTask(
                "x", new Work.Command(List.of("sh", "-c", script)), -1, List.of(), Needs.ONE_CPU, 0, TaskOptions.NONE));
        assertThat(here.worker.ended(id).state()).isEqualTo(TaskState.ERROR);
        return id;
    }

    @Test
    void theErrorThatMostFailuresHaveIsNamedWhateverDiffersInTheirNumbers() {
        var one = failed("echo begin 1; echo 'ERROR: no licence server at port 4101' >&2; exit 3");
        var two = failed("echo begin 2; echo 'ERROR: no licence server at port 4102' >&2; exit 3");
        var other = failed("echo 'ERROR: the scene is empty'; exit 1");
        var cause = new CommonCause(here.farm.database);
        assertThat(cause.of(List.of(one, two, other)).orElseThrow()).contains("no licence server");
        assertThat(cause.of(List.of(one, other))).isEmpty();
    }
}
