package aque.benchmark;

import aque.broker.Broker;
import aque.farm.FarmStore;
import aque.submit.NewTask;
import aque.submit.SubmitException;
import aque.task.Edge;
import aque.task.TaskId;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;

/// Does to random tasks all that people can do. One thread.
record Steerer(Broker broker, FarmStore farm, List<TaskId> jobs, Random random) {
    private static final Duration GRACE = Duration.ofMillis(300);

    void step() throws InterruptedException {
        Thread.sleep(random.nextInt(80));
        if (!jobs.isEmpty()) {
            act();
        }
    }

    private void act() {
        var job = jobs.get(random.nextInt(jobs.size()));
        var some = some(job);
        if (some.isEmpty()) {
            return;
        }
        switch (random.nextInt(19)) {
            case 0 -> broker.kill(some);
            case 1 -> broker.cancel(some);
            case 2, 3 -> broker.retry(some);
            case 4 -> broker.hold(some);
            case 5 -> broker.release(List.of(job));
            case 6 -> broker.requeue(some);
            case 7 -> broker.kill(broker.withUpstream(some));
            case 8 -> broker.markDone(some);
            case 9 -> broker.dropDependencies(some);
            case 10 -> broker.addDependencies(List.of(new Edge(other(), some.getFirst())));
            case 11 -> broker.holdAndRequeue(some);
            case 12 -> broker.killAfter(GRACE, some);
            case 13 -> broker.undoLast();
            case 14 -> broker.carryOutDue();
            case 15 -> broker.changeNeeds(OptionalInt.of(random.nextInt(3) * 100), OptionalLong.empty(), some);
            case 16 -> broker.append(job, more(), false, List.of());
            case 17 -> broker.remove(List.of(job));
            default -> broker.priority(1000 + random.nextInt(5), some);
        }
    }

    private List<TaskId> some(TaskId job) {
        var all = farm.tasksOfJob(job);
        return random.ints(all.isEmpty() ? 0 : 1 + random.nextInt(4), 0, Math.max(1, all.size()))
                .distinct()
                .mapToObj(i -> all.get(i).id())
                .toList();
    }

    private TaskId other() {
        var some = some(jobs.get(random.nextInt(jobs.size())));
        if (some.isEmpty()) {
            throw new SubmitException("that job is gone");
        }
        return some.getFirst();
    }

    private List<NewTask> more() {
        return Jobs.flat(1 + random.nextInt(3)).tasks().stream()
                .filter(t -> !t.isGroup())
                .toList();
    }
}
