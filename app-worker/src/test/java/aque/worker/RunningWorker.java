package aque.worker;

import static org.awaitility.Awaitility.await;

import aque.db.Address;
import aque.db.Database;
import aque.log.Channel;
import aque.log.LogStore;
import aque.task.TaskId;
import aque.task.TaskState;
import aque.task.TaskView;
import aque.testing.TestFarm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// A real worker with its keeper, working in this JVM on a test farm.
final class RunningWorker implements AutoCloseable {
    final Worker worker;
    private final TestFarm farm;
    private final Database database;
    private final Thread thread;

    RunningWorker(TestFarm farm, String name, int cpus, WorkerOptions.Mode mode) throws IOException {
        this(farm, new WorkerOptions(name, cpus * 1000, 4L << 30, Map.of(), Map.of(), mode, Optional.empty(), false));
    }

    RunningWorker(TestFarm farm, WorkerOptions options) throws IOException {
        this(farm, options, farm.address);
    }

    private RunningWorker(TestFarm farm, WorkerOptions options, Address login) throws IOException {
        this.farm = farm;
        database = Database.pooled(login, "aque-worker", 4);
        worker = new Worker(database, options, "test");
        thread = Thread.ofPlatform().name("worker-" + options.name()).start(() -> {
            try {
                worker.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    static RunningWorker of(TestFarm farm) throws IOException {
        return new RunningWorker(farm, "node1", 4, WorkerOptions.Mode.FOREVER);
    }

    /// With a login of its own.
    static RunningWorker as(TestFarm farm, Address login) throws IOException {
        var none = Map.<String, Double>of();
        var mode = WorkerOptions.Mode.FOREVER;
        return new RunningWorker(
                farm, new WorkerOptions("node1", 4000, 4L << 30, none, Map.of(), mode, Optional.empty(), false), login);
    }

    /// With rules of its own.
    static RunningWorker of(TestFarm farm, HouseRules rules) throws IOException {
        var none = Map.<String, Double>of();
        var mode = WorkerOptions.Mode.FOREVER;
        return new RunningWorker(
                farm, new WorkerOptions("node1", 4000, 4L << 30, none, Map.of(), mode, Optional.empty(), false, rules));
    }

    TaskView ended(TaskId id) {
        await("the end of " + id)
                .atMost(Duration.ofSeconds(60))
                .until(() -> farm.state(id).ended());
        return farm.farm.task(id).orElseThrow();
    }

    void running(TaskId id) {
        await(id + " runs").atMost(Duration.ofSeconds(60)).until(() -> farm.state(id) == TaskState.RUNNING);
    }

    byte[] bytes(TaskId id, Channel channel) {
        var out = new ByteArrayOutputStream();
        var logs = new LogStore(farm.database);
        var seq = 0L;
        while (true) {
            var page = logs.read(id, farm.farm.task(id).orElseThrow().attempt(), seq, 1 << 20);
            if (page.chunks().isEmpty()) {
                return out.toByteArray();
            }
            page.chunks().stream().filter(c -> c.channel() == channel).forEach(c -> out.writeBytes(c.data()));
            seq = page.nextSeq();
        }
    }

    String text(TaskId id, Channel channel) {
        return new String(bytes(id, channel), StandardCharsets.UTF_8);
    }

    void join() throws InterruptedException {
        thread.join(Duration.ofSeconds(60));
    }

    boolean works() {
        return thread.isAlive();
    }

    @Override
    public void close() {
        worker.release();
        try {
            join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        worker.close();
        database.close();
    }
}
