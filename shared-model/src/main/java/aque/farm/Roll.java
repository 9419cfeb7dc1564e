package aque.farm;

import aque.openjd.Frames;
import aque.task.TaskId;
import aque.task.TaskView;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Tasks with the frames that they are of, summed up: a step, a job, a sequence.
public record Roll(List<Part> parts) {
    public static final Roll EMPTY = new Roll(List.of());

    /// One task.
    ///
    /// @param strip what else it is of, within its job: a frame of a strip is one frame, however many tasks make it
    public record Part(TaskView task, Frames frames, String strip) {}

    private record Strip(TaskId job, String name) {}

    /// The first and the last frame.
    public record Span(long first, long last) {
        /// `00:00:41:17-00:00:45:16`
        public String timecode(FrameRate rate) {
            return rate.timecode(first) + "-" + rate.timecode(last);
        }
    }

    public Roll {
        parts = List.copyOf(parts);
    }

    public Roll with(Roll more) {
        return new Roll(Stream.concat(parts.stream(), more.parts.stream()).toList());
    }

    public int tasks() {
        return parts.size();
    }

    public long done() {
        return parts.stream().filter(Roll::isDone).count();
    }

    public long running() {
        return parts.stream().filter(p -> p.task.state().active()).count();
    }

    public long failed() {
        return parts.stream().filter(p -> p.task.state().ended() && !isDone(p)).count();
    }

    /// Three shots of 100 frames have 300, and 300 still when one is made again by a task of its own.
    public long frames() {
        return count(parts.stream());
    }

    public long framesDone() {
        return count(parts.stream().filter(Roll::isDone));
    }

    /// From its first to its last frame; empty when it is of no frames.
    public Optional<Span> span() {
        return parts.stream()
                .map(Part::frames)
                .filter(f -> !f.isEmpty())
                .map(f -> new Span(f.first(), f.last()))
                .reduce((a, b) -> new Span(Math.min(a.first, b.first), Math.max(a.last, b.last)));
    }

    /// Each frame's task; of several the last.
    public SortedMap<Long, TaskId> tasksByFrame() {
        var out = new TreeMap<Long, TaskId>();
        parts.forEach(p -> p.frames.numbers().forEach(n -> out.put(n, p.task.id())));
        return Collections.unmodifiableSortedMap(out);
    }

    /// All the time that its tasks ran, up to now.
    public Duration worked() {
        return parts.stream()
                .flatMap(p -> p.task.started().stream()
                        .map(at -> Duration.between(at, p.task.ended().orElseGet(Instant::now))))
                .reduce(Duration.ZERO, Duration::plus);
    }

    private static boolean isDone(Part part) {
        return part.task.state() == aque.task.TaskState.SUCCESS;
    }

    private static long count(Stream<Part> parts) {
        return parts
                .collect(Collectors.groupingBy(
                        part -> new Strip(part.task.job(), part.strip),
                        Collectors.flatMapping(part -> part.frames.numbers().stream(), Collectors.toSet())))
                .values()
                .stream()
                .mapToLong(Set::size)
                .sum();
    }
}
