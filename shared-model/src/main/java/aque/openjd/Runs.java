package aque.openjd;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// Whole numbers in ascending order, kept as runs: `1-10:2,20` is two runs, and a billion frames are one.
record Runs(List<Run> runs, long size) {

    /// Bounds of every number, so that all arithmetic fits a `long`.
    private static final long BOUND = 1L << 62;

    private static final int MOST_RUNS = 10_000;

    /// `first`, `first + step`, … `last`; `step` is positive and `last` belongs to it.
    record Run(long first, long last, long step) {

        long size() {
            return (last - first) / step + 1;
        }

        long get(long index) {
            return first + index * step;
        }

        Run part(long from, long count) {
            return new Run(get(from), get(from + count - 1), step);
        }

        @Override
        public String toString() {
            return switch ((int) Math.min(size(), 3)) {
                case 1 -> "" + first;
                case 2 -> first + "," + last;
                default -> first + "-" + last + (step == 1 ? "" : ":" + step);
            };
        }
    }

    /// @throws IllegalArgumentException with a sentence, when the text is no range expression
    static Runs parse(String text) {
        var parts = text.split(",", -1);
        if (parts.length > MOST_RUNS) {
            throw new IllegalArgumentException("the range has more than " + MOST_RUNS + " parts");
        }
        var stated = new ArrayList<RunParser.Stated>();
        for (var part : parts) {
            stated.add(RunParser.parse(part, text));
        }
        stated.sort(Comparator.comparingLong(RunParser.Stated::low));
        for (int i = 1; i < stated.size(); i++) {
            var before = stated.get(i - 1);
            var after = stated.get(i);
            if (after.low() <= before.high()) {
                throw new IllegalArgumentException(
                        "the ranges " + before.text() + " and " + after.text() + " in '" + text + "' overlap");
            }
        }
        return of(stated.stream().map(RunParser.Stated::run).toList());
    }

    static Runs of(List<Run> runs) {
        return new Runs(List.copyOf(runs), runs.stream().mapToLong(Run::size).sum());
    }

    /// A run from both ends and a step that may be negative.
    static Run run(long from, long to, long step) {
        if (outside(from) || outside(to) || outside(step)) {
            throw new IllegalArgumentException("a number in the range is too large");
        }
        if (step == 0) {
            throw new IllegalArgumentException("the step of a range must not be 0");
        }
        if (from != to && from < to != step > 0) {
            throw new IllegalArgumentException("the range " + from + "-" + to + " is empty"
                    + (step == 1 ? "; give a negative step to count down" : " with the step " + step));
        }
        var size = (to - from) / step + 1;
        var end = from + (size - 1) * step;
        return new Run(Math.min(from, end), Math.max(from, end), Math.abs(step));
    }

    private static boolean outside(long value) {
        return value <= -BOUND || value >= BOUND;
    }

    long get(long index) {
        var rest = index;
        for (var run : runs) {
            if (rest < run.size()) {
                return run.get(rest);
            }
            rest -= run.size();
        }
        throw new IndexOutOfBoundsException(index);
    }

    /// `count` values from the index `from` on.
    Runs slice(long from, long count) {
        var parts = new ArrayList<Run>();
        var skip = from;
        var rest = count;
        for (var run : runs) {
            var here = Math.min(run.size() - skip, rest);
            if (here > 0) {
                parts.add(run.part(skip, here));
            }
            skip = Math.max(0, skip - run.size());
            rest -= Math.max(0, here);
        }
        return of(parts);
    }

    /// Sorted values as runs; three or more with one distance make a run.
    static Runs compress(long... values) {
        var runs = new ArrayList<Run>();
        for (int i = 0; i < values.length; ) {
            var end = i + 1;
            while (end + 1 < values.length && values[end + 1] - values[end] == values[i + 1] - values[i]) {
                end++;
            }
            if (end >= values.length || end - i < 2) {
                runs.add(new Run(values[i], values[i], 1));
                i++;
            } else {
                runs.add(new Run(values[i], values[end], values[i + 1] - values[i]));
                i = end + 1;
            }
        }
        return of(runs);
    }

    @Override
    public String toString() {
        return runs.stream().map(Run::toString).collect(Collectors.joining(","));
    }
}
