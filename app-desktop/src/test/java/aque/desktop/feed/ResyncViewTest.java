package aque.desktop.feed;

import aque.event.FeedStatus;
import aque.farm.JobSummary;
import aque.submit.NewTask;
import aque.task.TaskId;
import aque.task.TaskView;
import aque.testing.Repeated;
import aque.testing.TestFarm;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/// Cut off again and again while the farm changes, the console comes to show exactly what the tables hold, by itself.
class ResyncViewTest {
    private static final int CUTS = 4;

    private final TestFarm farm = new TestFarm();
    private final List<String> failures = Collections.synchronizedList(new ArrayList<>());
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
    }

    @Repeated
    void afterRandomCutsNoRowIsMissingOrWrong() throws Exception {
        var random = new Random(7);
        var jobs = new ArrayList<TaskId>();
        var held = submit(jobs, 40);
        until(() -> model.row(held).isPresent());
        onFx(() -> {
            model.hold(held, this);
            return true;
        });
        var worker = farm.worker("node14");

        for (int cut = 0; cut < CUTS; cut++) {
            change(random, jobs, worker);
            farm.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'aque-desktop'"
                    + " AND datname = current_database() AND random() < " + (0.4 + 0.6 * random.nextDouble()));
            change(random, jobs, worker);
        }

        until(() -> wrong(held).isEmpty());
        until(() -> model.status().get().state() == FeedStatus.State.LIVE);
    }

    private TaskId submit(List<TaskId> jobs, int tasks) {
        var job = farm.submit(Stream.concat(
                        Stream.of(TestFarm.group("job" + jobs.size(), -1)),
                        IntStream.range(0, tasks).mapToObj(i -> TestFarm.command("f" + i, 0)))
                .toArray(NewTask[]::new));
        jobs.add(job);
        return job;
    }

    /// Somebody submits, runs, fails, holds, cancels and removes.
    private void change(Random random, List<TaskId> jobs, aque.broker.WorkerSession worker) {
        submit(jobs, 1 + random.nextInt(5));
        for (var claim : farm.acquire(worker, 4)) {
            if (random.nextInt(4) == 0) {
                farm.fail(worker, claim);
            } else {
                farm.succeed(worker, claim);
            }
        }
        var other = jobs.get(random.nextInt(jobs.size()));
        switch (random.nextInt(4)) {
            case 0 -> farm.broker.hold(List.of(other));
            case 1 -> farm.broker.release(List.of(other));
            case 2 -> farm.broker.priority(500 + random.nextInt(1000), List.of(other));
            default -> {
                if (!other.equals(jobs.getFirst())) {
                    farm.broker.cancel(List.of(other));
                    farm.broker.remove(List.of(other));
                }
            }
        }
    }

    /// What is shown otherwise than the tables have it.
    private List<String> wrong(TaskId held) {
        var wrong = new ArrayList<String>();
        Map<TaskId, JobSummary> truth = new HashMap<>();
        farm.farm.jobs().forEach(job -> truth.put(job.root().id(), job));
        model.jobs().forEach(row -> {
            var job = truth.remove(row.id());
            if (job == null) {
                wrong.add("shown, but gone: " + row.id());
            } else if (!row.view().equals(job.root())
                    || row.tally().of(aque.desktop.theme.Tone.SUCCESS) != job.success()
                    || row.tally().of(aque.desktop.theme.Tone.ERROR) != job.error()
                    || row.tally().total() != job.total()) {
                wrong.add("differs: " + row.view() + " " + job);
            }
        });
        truth.keySet().forEach(id -> wrong.add("missing: " + id));
        for (TaskView task : farm.farm.tasksOfJob(held)) {
            var shown = model.open(held).flatMap(job -> job.row(task.id())).map(Row::view);
            if (!task.isJob() && !shown.equals(java.util.Optional.of(task))) {
                wrong.add("task differs: " + shown + " " + task);
            }
        }
        return wrong;
    }

    private static void until(Callable<Boolean> condition) {
        Awaitility.await().atMost(java.time.Duration.ofSeconds(30)).until(() -> onFx(condition));
    }

    private static <T> T onFx(Callable<T> what) throws Exception {
        return WaitForAsyncUtils.waitFor(WaitForAsyncUtils.asyncFx(what));
    }
}
