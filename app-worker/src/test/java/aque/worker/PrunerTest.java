package aque.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import aque.farm.LogBudget;
import aque.farm.LogBudgetStore;
import aque.farm.Retention;
import aque.farm.RetentionStore;
import aque.log.Channel;
import aque.log.LogStore;
import aque.schedule.Needs;
import aque.submit.NewTask;
import aque.submit.TaskOptions;
import aque.submit.Work;
import aque.task.TaskId;
import aque.testing.TestFarm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

final class PrunerTest {
    @RegisterExtension
    private final FarmWithWorker here = new FarmWithWorker();

    private final TestFarm farm = here.farm;
    private final RunningWorker worker = here.worker;
    private final RetentionStore store = new RetentionStore(farm.database);
    private final LogBudgetStore budget = new LogBudgetStore(farm.database);
    private final Pruner pruner = new Pruner(store, budget, new LogStore(farm.database));

    @TempDir
    private Path folder;

    private TaskId ended() {
        var id = farm.submit(new NewTask(
                "sh",
                new Work.Command(List.of("printf", "a\\tb\\n\\377")),
                -1,
                List.of(),
                Needs.ONE_CPU,
                0,
                TaskOptions.NONE));
        worker.ended(id);
        return id;
    }

    private void keep(Retention.What what, Optional<String> where) {
        store.keep(new Retention(what, Duration.ofSeconds(1), where), "tester");
        await("it is due")
                .atMost(Duration.ofSeconds(20))
                .until(() -> !store.due(what, 10).isEmpty());
    }

    @Test
    void logsAreWrittenToFilesBeforeTheyGoAndTheJobStays() throws IOException {
        var id = ended();
        keep(Retention.What.LOGS, Optional.of(folder.toString()));

        assertThat(pruner.prune()).isEqualTo(1);

        assertThat(worker.bytes(id, Channel.STDOUT)).isEmpty();
        assertThat(farm.farm.task(id)).isPresent();
        assertThat(Files.readString(folder.resolve(id + "/" + id + ".1.log")))
                .matches("\\S+Z stdout a\\\\tb\\\\n\\\\xff\n");
        assertThat(pruner.prune()).isZero();
    }

    @Test
    void whenTheBudgetIsUsedUpOneAlarmNamesTheWritersAndTheLogsThatEndedFirstGo() throws IOException {
        var first = ended();
        var second = ended();
        budget.add(Map.of(first, 10_000L, second, 2_000L));
        budget.set(new LogBudget(OptionalLong.of(11_000), 5_000), "tester");

        assertThat(budget.look(List.of(first, second))).isEqualTo(new LogBudgetStore.Look(Set.of(first), true));
        assertThat(budget.look(List.of(second)).crowded()).isEmpty();
        assertThat(farm.count("action WHERE verb = 'alarm' AND args LIKE 'logs take % of % " + first + " job (ann, %'"))
                .isEqualTo(1);
        assertThat(budget.load(5).isTight()).isTrue();
        assertThat(budget.load(5).most()).isEmpty(); // they have ended
        pruner.makeRoom();

        assertThat(worker.bytes(first, Channel.STDOUT)).isEmpty();
        assertThat(worker.bytes(second, Channel.STDOUT)).isNotEmpty();
        assertThat(budget.look(List.of(second)).full()).isFalse();
        assertThat(pruner.makeRoom()).isZero();
    }

    @Test
    void whatCannotBeWrittenIsKept() throws IOException {
        var id = ended();
        var file = Files.createFile(folder.resolve("file"));
        keep(Retention.What.LOGS, Optional.of(file.toString()));

        assertThatExceptionOfType(IOException.class).isThrownBy(pruner::prune);

        assertThat(worker.bytes(id, Channel.STDOUT)).isNotEmpty();
    }

    @Test
    void endedJobsGoWithAllThatBelongsToThemAndRunningOnesStay() throws IOException {
        var id = ended();
        var runs = farm.submit(new NewTask(
                "sleep", new Work.Command(List.of("sleep", "600")), -1, List.of(), Needs.ONE_CPU, 0, TaskOptions.NONE));
        worker.running(runs);
        keep(Retention.What.JOBS, Optional.empty());

        assertThat(pruner.prune()).isEqualTo(1);

        assertThat(farm.farm.task(id)).isEmpty();
        assertThat(farm.farm.task(runs)).isPresent();
    }
}
