package aque.submit;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a job as a whole keeps to, beside what each of its tasks says.
///
/// @param maxParallel at most so many of its tasks run at once on the whole farm (A55); 0 as many as fit
/// @param serial its tasks run one after the other, in the order given (P14)
/// @param notBefore nothing of it starts earlier
/// @param tooMany so many failed tasks put it on hold, 0 never; empty is the usual: 20, or 10 % if that is more
/// @param byFrame what its tasks wait for frame by frame
/// @param files absolute paths; it starts when a worker has seen each of them, and that they grow no more
/// @param labels what it is of: show, shot, asset, version, due, a number in the tracker; text by lower case name
/// @param share the group key whose share of the farm it is of; empty: its owner's
/// @param keyOnceAlive a job with the same key that has ended is no hindrance (W14)
/// @param anyEnd what it waits for in other jobs need not end in success: clean-up, reports (W22)
/// @param preview of tasks of frames each n-th of a step goes first, the rest after a release; 0 all
/// @param interruptible what runs of it gives way to a higher priority
public record JobRules(
        int maxParallel,
        boolean serial,
        Optional<Instant> notBefore,
        OptionalInt tooMany,
        List<ByFrame> byFrame,
        List<Path> files,
        SortedMap<String, String> labels,
        Optional<String> share,
        boolean keyOnceAlive,
        boolean anyEnd,
        int preview,
        boolean interruptible) {
    public static final JobRules NONE = new JobRules(
            0,
            false,
            Optional.empty(),
            OptionalInt.empty(),
            List.of(),
            List.of(),
            new TreeMap<>(),
            Optional.empty(),
            false,
            false,
            0,
            false);

    public JobRules {
        byFrame = List.copyOf(byFrame);
        files = List.copyOf(files);
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }

    /// As [#NONE], told field by field: what the compiler makes for records is put together at the first call, slowly.
    public boolean isNone() {
        return maxParallel == 0
                && !serial
                && notBefore.isEmpty()
                && tooMany.isEmpty()
                && byFrame.isEmpty()
                && files.isEmpty()
                && labels.isEmpty()
                && share.isEmpty()
                && !keyOnceAlive
                && !anyEnd
                && preview == 0
                && !interruptible;
    }

    public JobRules withMaxParallel(int n) {
        var change = new Change(this);
        change.maxParallel = n;
        return change.made();
    }

    public JobRules withSerial() {
        var change = new Change(this);
        change.serial = true;
        return change.made();
    }

    public JobRules withNotBefore(Instant at) {
        var change = new Change(this);
        change.notBefore = Optional.of(at);
        return change.made();
    }

    public JobRules withTooMany(int n) {
        var change = new Change(this);
        change.tooMany = OptionalInt.of(n);
        return change.made();
    }

    public JobRules withByFrame(List<ByFrame> waits) {
        var change = new Change(this);
        change.byFrame = waits;
        return change.made();
    }

    public JobRules withFiles(List<Path> paths) {
        var change = new Change(this);
        change.files = paths;
        return change.made();
    }

    public JobRules withLabels(Map<String, String> l) {
        var change = new Change(this);
        change.labels = new TreeMap<>(l);
        return change.made();
    }

    public JobRules withShare(String group) {
        var change = new Change(this);
        change.share = Optional.of(group);
        return change.made();
    }

    public JobRules withKeyOnceAlive() {
        var change = new Change(this);
        change.keyOnceAlive = true;
        return change.made();
    }

    /// It starts when those that it waits for have ended, whichever their end (W22).
    public JobRules withAnyEnd() {
        var change = new Change(this);
        change.anyEnd = true;
        return change.made();
    }

    /// Of tasks of frames each n-th of a step goes first, the others wait for somebody to release the job.
    public JobRules withPreview(int n) {
        var change = new Change(this);
        change.preview = n;
        return change.made();
    }

    /// What runs of it goes back to pending when something of higher priority could start in its place; no retry
    /// spent.
    public JobRules withInterruptible() {
        var change = new Change(this);
        change.interruptible = true;
        return change.made();
    }

    /// Tasks at once; 0 as many as fit.
    public int atOnce() {
        return serial ? 1 : maxParallel;
    }

    /// The same rules but for a few. One use.
    private static final class Change {
        private int maxParallel;
        private boolean serial;
        private Optional<Instant> notBefore;
        private OptionalInt tooMany;
        private List<ByFrame> byFrame;
        private List<Path> files;
        private SortedMap<String, String> labels;
        private Optional<String> share;
        private boolean keyOnceAlive;
        private boolean anyEnd;
        private int preview;
        private boolean interruptible;

        Change(JobRules from) {
            maxParallel = from.maxParallel;
            serial = from.serial;
            notBefore = from.notBefore;
            tooMany = from.tooMany;
            byFrame = from.byFrame;
            files = from.files;
            labels = from.labels;
            share = from.share;
            keyOnceAlive = from.keyOnceAlive;
            anyEnd = from.anyEnd;
            preview = from.preview;
            interruptible = from.interruptible;
        }

        JobRules made() {
            return new JobRules(
                    maxParallel,
                    serial,
                    notBefore,
                    tooMany,
                    byFrame,
                    files,
                    labels,
                    share,
                    keyOnceAlive,
                    anyEnd,
                    preview,
                    interruptible);
        }
    }
}
