package aque.desktop.feed;

import aque.desktop.theme.Tone;
import aque.farm.JobSummary;
import aque.task.TaskState;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// How many tasks of a group are in which tone. FX thread, or the thread that builds it before it is handed over.
public final class Tally {
    /// Of a row with nothing below it; never written.
    static final Tally NONE = new Tally();

    private final int[] counts = new int[Tone.values().length];

    /// The counts of these rows, none of which is a group.
    public static Tally of(List<Row> rows) {
        var tally = new Tally();
        rows.forEach(row -> tally.add(row.tone()));
        return tally;
    }

    void add(Tone tone) {
        counts[tone.ordinal()]++;
    }

    void remove(Tone tone) {
        counts[tone.ordinal()]--;
    }

    void copy(Tally other) {
        System.arraycopy(other.counts, 0, counts, 0, counts.length);
    }

    void set(JobSummary job) {
        Arrays.fill(counts, 0);
        counts[Tone.WAITING.ordinal()] = job.waiting();
        counts[Tone.PENDING.ordinal()] = job.pending();
        counts[Tone.RUNNING.ordinal()] = job.running();
        counts[Tone.HELD.ordinal()] = job.held();
        counts[Tone.SUCCESS.ordinal()] = job.success();
        counts[Tone.ERROR.ordinal()] = job.error();
        counts[Tone.BLOCKED.ordinal()] = job.blocked();
        counts[Tone.KILLED.ordinal()] = job.stopped();
    }

    public int of(Tone tone) {
        return counts[tone.ordinal()];
    }

    public int total() {
        return Arrays.stream(counts).sum();
    }

    /// Percent that ended in success, 0 to 100.
    public double done() {
        int total = total();
        return total == 0 ? 0 : 100.0 * of(Tone.SUCCESS) / total;
    }

    /// Tasks that a worker holds.
    public int active() {
        return of(Tone.RUNNING) + of(Tone.STOPPING) + of(Tone.SUSPENDED);
    }

    /// The tone of the whole while it lives, and of its end when it has ended: without a failure inside, what was
    /// blocked or stopped.
    public Tone tone(TaskState group) {
        if (group == TaskState.ERROR && of(Tone.ERROR) == 0 && active() == 0) {
            return Stream.of(Tone.BLOCKED, Tone.KILLED, Tone.CANCELLED)
                    .filter(tone -> of(tone) > 0)
                    .findFirst()
                    .orElse(Tone.ERROR);
        }
        if (group.ended() && active() == 0) {
            return Tone.of(group);
        }
        if (group == TaskState.HELD || group == TaskState.SUSPENDED || group == TaskState.STOPPING) {
            return Tone.of(group);
        }
        for (var tone : new Tone[] {Tone.RUNNING, Tone.STOPPING, Tone.SUSPENDED, Tone.PENDING, Tone.HELD}) {
            if (of(tone) > 0) {
                return tone;
            }
        }
        return Tone.of(group);
    }

    /// The tone that needs a person most.
    public Tone worst() {
        for (int i = counts.length - 1; i >= 0; i--) {
            if (counts[i] > 0) {
                return Tone.values()[i];
            }
        }
        return Tone.WAITING;
    }
}
