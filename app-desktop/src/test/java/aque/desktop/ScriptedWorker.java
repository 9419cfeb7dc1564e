package aque.desktop;

import aque.broker.Beat;
import aque.broker.Claim;
import aque.broker.Outcome;
import aque.broker.Progress;
import aque.broker.WorkerSession;
import aque.log.Channel;
import aque.log.LogChunk;
import aque.log.LogStore;
import aque.task.TaskId;
import aque.testing.TestFarm;
import aque.usage.UsageSample;
import aque.usage.UsageStore;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// A worker on a real broker that runs nothing: a test, or a demo, says what its tasks write and how they end. Not for
/// several threads at once.
final class ScriptedWorker {
    private final TestFarm farm;
    private final WorkerSession session;
    private final LogStore logs;
    private final UsageStore usage;
    private final Map<TaskId, Claim> claims = new HashMap<>();
    private final Map<TaskId, Progress> progress = new HashMap<>();
    private final Map<Stream, Long> offsets = new HashMap<>();

    private record Stream(TaskId task, int attempt, Channel channel) {}

    ScriptedWorker(TestFarm farm, String name) {
        this.farm = farm;
        this.session = farm.worker(name);
        this.logs = new LogStore(farm.database);
        this.usage = new UsageStore(farm.database);
    }

    /// Takes up to so many tasks.
    List<Claim> take(int max) {
        var taken = farm.acquire(session, max);
        taken.forEach(claim -> claims.put(claim.task(), claim));
        return taken;
    }

    /// Takes one task; fails when there is none.
    Claim takeOne() {
        return take(1).getFirst();
    }

    List<Claim> running() {
        return new ArrayList<>(claims.values());
    }

    /// The task wrote this.
    void writes(Claim claim, Channel channel, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        long offset = offsets.merge(new Stream(claim.task(), claim.attempt(), channel), (long) bytes.length, Long::sum)
                - bytes.length;
        logs.append(List.of(new LogChunk(claim.task(), claim.attempt(), channel, offset, Instant.now(), bytes)));
    }

    /// The task used so much just now.
    void used(Claim claim, int cpuMilli, long memory) {
        var detail = new UsageSample.Detail(3, memory / 2, -1, -1);
        usage.append(List.of(
                new UsageSample(claim.task(), claim.attempt(), Instant.now(), cpuMilli, memory, 0, 0, 1, detail)));
    }

    /// How far a task is; told with the next beat.
    void progresses(Claim claim, double percent, String status) {
        progress.put(claim.task(), new Progress(claim.task(), claim.attempt(), percent, status));
    }

    /// One heartbeat; says which tasks somebody wants stopped.
    List<Claim> beat() {
        return answer().stops().keySet().stream()
                .flatMap(id -> Optional.ofNullable(claims.get(id)).stream())
                .toList();
    }

    /// One heartbeat, with all that the broker answers.
    Beat answer() {
        var running = claims.values().stream()
                .map(claim -> Optional.ofNullable(progress.get(claim.task()))
                        .orElse(new Progress(claim.task(), claim.attempt(), -1, "")))
                .toList();
        return farm.broker.beat(session, running);
    }

    void succeeds(Claim claim) {
        ends(Outcome.success(claim.task(), claim.attempt()));
    }

    void fails(Claim claim, int exitCode) {
        ends(new Outcome(
                claim.task(),
                claim.attempt(),
                Outcome.End.ERROR,
                "exit",
                OptionalInt.of(exitCode),
                OptionalInt.empty(),
                OptionalLong.empty(),
                OptionalLong.empty()));
    }

    /// Every process of the task is dead.
    void dies(Claim claim) {
        ends(new Outcome(
                claim.task(),
                claim.attempt(),
                Outcome.End.KILLED,
                "",
                OptionalInt.empty(),
                OptionalInt.of(15),
                OptionalLong.empty(),
                OptionalLong.empty()));
    }

    private void ends(Outcome outcome) {
        claims.remove(outcome.task());
        progress.remove(outcome.task());
        farm.broker.complete(session, List.of(outcome));
    }
}
