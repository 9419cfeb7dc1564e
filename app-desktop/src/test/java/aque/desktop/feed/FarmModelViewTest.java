package aque.desktop.feed;

import static org.assertj.core.api.Assertions.assertThat;

import aque.desktop.feed.FarmModel.Change;
import aque.desktop.theme.Tone;
import aque.submit.NewTask;
import aque.task.TaskId;
import aque.task.TaskState;
import aque.testing.TestFarm;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/// The way from a commit to the rows, on a real broker.
@Tag("repeat")
class FarmModelViewTest {
    private final TestFarm farm = new TestFarm();
    private final List<String> failures = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private Farm open;
    private Background background;
    private FarmModel model;

    @BeforeEach
    void follow() throws Exception {
        FxToolkit.registerPrimaryStage();
        open = Farm.open(farm.address, "ann");
        background = new Background(failures::add);
        model = new FarmModel(open, background);
        onFx(() -> {
            model.listen(changes::add);
            model.start();
            return true;
        });
    }

    @AfterEach
    void close() {
        background.close();
        model.close();
        open.close();
        farm.close();
        assertThat(failures).isEmpty();
    }

    @Test
    void aThousandChangedTasksArriveInFewTurnsAndAllOfThem() throws Exception {
        var job = farm.submit(Stream.concat(
                        Stream.of(TestFarm.group("big", -1)),
                        IntStream.range(0, 1000).mapToObj(i -> TestFarm.command("f" + i, 0)))
                .toArray(NewTask[]::new));
        until(() -> model.row(job).isPresent());
        onFx(() -> {
            model.hold(job, this);
            return true;
        });
        until(() -> model.open(job).isPresent());
        int before = onFx(changes::size);

        farm.broker.cancel(farm.farm.tasksOfJob(job).stream()
                .filter(task -> !task.isJob())
                .map(task -> task.id())
                .toList());

        until(() -> model.row(job).orElseThrow().tally().of(Tone.KILLED) == 1000);
        until(() -> model.open(job).orElseThrow().rows().stream()
                .filter(row -> !row.isGroup())
                .allMatch(row -> row.view().state() == TaskState.CANCELLED));
        assertThat(onFx(changes::size) - before).isLessThan(50);
    }

    @Test
    void aJobThatNobodyLooksAtAnyMoreIsForgotten() throws Exception {
        var job = farm.submit(TestFarm.group("boat", -1), TestFarm.command("a", 0));
        until(() -> model.row(job).isPresent());
        onFx(() -> {
            model.hold(job, "tree");
            model.hold(job, "graph");
            return true;
        });
        until(() -> model.open(job).isPresent());

        release(job, "tree");
        assertThat(onFx(() -> model.open(job).isPresent())).isTrue();
        release(job, "graph");

        assertThat(onFx(() -> model.open(job).isPresent())).isFalse();
    }

    @Test
    void aJobThatIsRemovedGoesAway() throws Exception {
        var job = farm.submit(TestFarm.command("a", -1));
        until(() -> model.row(job).isPresent());

        farm.broker.cancel(List.of(job));
        farm.broker.remove(List.of(job));

        until(() -> model.row(job).isEmpty() && model.jobs().isEmpty());
    }

    private void release(TaskId job, Object holder) throws Exception {
        onFx(() -> {
            model.release(job, holder);
            return true;
        });
    }

    private static void until(Callable<Boolean> condition) {
        Awaitility.await().atMost(20, TimeUnit.SECONDS).until(() -> onFx(condition));
    }

    private static <T> T onFx(Callable<T> what) throws Exception {
        return WaitForAsyncUtils.waitFor(WaitForAsyncUtils.asyncFx(what));
    }
}
