package aque.process;

import aque.posix.Proc;
import aque.posix.ProcIo;
import aque.posix.ProcStat;
import aque.posix.ProcessId;
import aque.process.Census.Count;
import aque.task.TaskId;
import aque.usage.UsageSample;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Adds up what a tree of processes used, though its members come and go: what a dead one used is in its
/// parent's sums once that has waited for it, and what was counted once stays counted. Any thread.
final class UsageMeter {
    private static final long TICK_NANOS = 10_000_000;
    /// What shares memory is asked so often: the kernel looks at every page.
    private static final long SHARE_NANOS = 10_000_000_000L;

    private Map<ProcessId, ProcStat> before = Map.of();
    private ProcIo ioBefore = new ProcIo(0, 0);
    private boolean begun;
    private long nanos;
    private int cpuMilli;
    private long ticks;
    private long memory;
    private long peak;
    private long read;
    private long written;
    private long share = -1;
    private long shareAt;
    private final GpuMeter gpus = new GpuMeter();

    synchronized UsageSample sample(TaskId task, int attempt, Count count, List<ProcStat> members) {
        long elapsed = begun ? count.nanos() - nanos : age(members).toNanos();
        if (elapsed > 0) {
            cpu(members, elapsed);
            memory(members);
            io(members);
            share(members, count.nanos());
            gpus.look(members, elapsed);
            nanos = count.nanos();
            begun = true;
        }
        var detail = new UsageSample.Detail(threads(members), share, gpus.milli(), gpus.memory());
        return new UsageSample(task, attempt, Instant.now(), cpuMilli, memory, read, written, members.size(), detail);
    }

    synchronized long cpuMillis() {
        return ticks * TICK_NANOS / 1_000_000;
    }

    synchronized long peakMemory() {
        return peak;
    }

    /// The first sample, maybe by another worker than the one that started it, counts from the oldest member's
    /// start.
    private static Duration age(List<ProcStat> members) {
        return members.stream()
                .map(member -> Proc.age(member.id()))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /// The sum falls when a process dies that no member waits for; then the survivors' own time is what is
    /// known.
    private void cpu(List<ProcStat> members, long elapsed) {
        long sum = members.stream().mapToLong(UsageMeter::withChildren).sum();
        long sumBefore =
                before.values().stream().mapToLong(UsageMeter::withChildren).sum();
        long survivors = members.stream().mapToLong(this::ownSince).sum();
        long spent = Math.max(sum - sumBefore, survivors);
        before = members.stream().collect(Collectors.toMap(ProcStat::id, Function.identity()));
        ticks += spent;
        cpuMilli = (int) (spent * TICK_NANOS * 1000 / elapsed);
    }

    private void memory(List<ProcStat> members) {
        memory = members.stream().mapToLong(ProcStat::memory).sum();
        peak = Math.max(peak, memory);
    }

    private static int threads(List<ProcStat> members) {
        return members.stream().mapToInt(ProcStat::threads).sum();
    }

    /// A tree whose members do not all let us look has none.
    private void share(List<ProcStat> members, long now) {
        if (share >= 0 && now - shareAt < SHARE_NANOS) {
            return;
        }
        shareAt = now;
        var parts = members.stream().map(m -> Proc.share(m.pid())).toList();
        share = parts.isEmpty() || parts.stream().anyMatch(OptionalLong::isEmpty)
                ? -1
                : parts.stream().mapToLong(OptionalLong::getAsLong).sum();
    }

    private void io(List<ProcStat> members) {
        ProcIo sum = members.stream()
                .map(member -> Proc.io(member.pid()))
                .reduce(new ProcIo(0, 0), (a, b) -> new ProcIo(a.read() + b.read(), a.written() + b.written()));
        read += Math.max(0, sum.read() - ioBefore.read());
        written += Math.max(0, sum.written() - ioBefore.written());
        ioBefore = sum;
    }

    private static long withChildren(ProcStat process) {
        return process.ticks() + process.childTicks();
    }

    private long ownSince(ProcStat process) {
        ProcStat then = before.get(process.id());
        return then == null ? 0 : process.ticks() - then.ticks();
    }
}
