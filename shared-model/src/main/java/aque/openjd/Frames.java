package aque.openjd;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.LongStream;

/// Frame numbers as people write them: `1013,1020-1025`, `1-100x2` or, as OpenJD has it, `1-100:2`. In ascending order.
public record Frames(SortedSet<Long> numbers) {
    public static final Frames NONE = new Frames(new TreeSet<>());

    private static final long MOST = 1_000_000;

    public Frames {
        numbers = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(numbers));
    }

    /// @throws IllegalArgumentException with a sentence, when the text is no range or has more than a million numbers
    public static Frames parse(String text) {
        var runs = Runs.parse(text.replace('x', ':'));
        if (runs.size() > MOST) {
            throw new IllegalArgumentException("the range " + text + " has more than " + MOST + " frames");
        }
        var numbers = new TreeSet<Long>();
        LongStream.range(0, runs.size()).map(runs::get).forEach(numbers::add);
        return new Frames(numbers);
    }

    public boolean isEmpty() {
        return numbers.isEmpty();
    }

    public long first() {
        return numbers.getFirst();
    }

    public long last() {
        return numbers.getLast();
    }

    public Frames without(Collection<Long> others) {
        var left = new TreeSet<>(numbers);
        left.removeAll(others);
        return new Frames(left);
    }

    public Frames and(Frames others) {
        var both = new TreeSet<>(numbers);
        both.retainAll(others.numbers);
        return new Frames(both);
    }

    /// Parts of at most `size` numbers, in order.
    public List<Frames> chunks(int size) {
        var out = new ArrayList<Frames>();
        var part = new TreeSet<Long>();
        for (var n : numbers) {
            part.add(n);
            if (part.size() == size) {
                out.add(new Frames(part));
                part.clear();
            }
        }
        if (!part.isEmpty()) {
            out.add(new Frames(part));
        }
        return out;
    }

    /// Parts without gaps, in order.
    public List<Frames> contiguous() {
        var out = new ArrayList<Frames>();
        var part = new TreeSet<Long>();
        for (var n : numbers) {
            if (!part.isEmpty() && part.last() + 1 != n) {
                out.add(new Frames(part));
                part.clear();
            }
            part.add(n);
        }
        if (!part.isEmpty()) {
            out.add(new Frames(part));
        }
        return out;
    }

    /// As an OpenJD range expression.
    @Override
    public String toString() {
        return Runs.compress(numbers.stream().mapToLong(Long::longValue).toArray())
                .toString();
    }
}
