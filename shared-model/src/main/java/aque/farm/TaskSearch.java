package aque.farm;

import aque.task.TaskState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What to find among all tasks of the farm and their attempts. All of it must hold; an empty part holds for all.
///
/// @param words of each of these the name of the task, or that of its job, holds one
/// @param names of each of these the name of the task holds one
/// @param states in one of which it is; where an attempt is asked for, in one of which that attempt ended
/// @param workers pieces of names of workers; one of them ran an attempt, or runs it
/// @param began when that attempt began
/// @param ended when that attempt ended
/// @param except what one of these would find is not found; each asks for one thing, and none has exceptions itself
public record TaskSearch(
        List<List<String>> words,
        List<List<String>> names,
        Set<TaskState> states,
        List<String> workers,
        List<String> owners,
        List<Integer> exitCodes,
        Span began,
        Span ended,
        List<TaskSearch> except) {
    public static final TaskSearch ALL = new TaskSearch(
            List.of(), List.of(), Set.of(), List.of(), List.of(), List.of(), Span.ALWAYS, Span.ALWAYS, List.of());

    /// A stretch of time, open where there is no end.
    public record Span(Optional<Instant> from, Optional<Instant> to) {
        public static final Span ALWAYS = new Span(Optional.empty(), Optional.empty());

        public boolean always() {
            return from.isEmpty() && to.isEmpty();
        }
    }

    /// Does it ask for an attempt, not only for a task?
    boolean ofAttempts() {
        return !workers.isEmpty() || !exitCodes.isEmpty() || !began.always() || !ended.always();
    }
}
