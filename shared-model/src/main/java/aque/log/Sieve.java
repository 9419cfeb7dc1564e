package aque.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A regular expression as an automaton over bytes: one table look-up a byte, where `java.util.regex` tries every
/// way at every character and takes ten times as long. It lets through more than the expression does (anchors and
/// borders are left out, other scripts are any script), never less. Immutable; each run makes its own table.
final class Sieve {
    private static final int MOST_STATES = 600;
    private static final int SPLIT = -1;
    private static final int END = -2;

    private final List<State> states = new ArrayList<>();
    private final int start;

    /// `to` is where a byte of `on` leads; of a split both `to` and `or` are entered at once.
    private record State(int kind, long[] on, int to, int or) {}

    private static final class TooLarge extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private Sieve(Shape shape) {
        int end = add(new State(END, Shape.Bytes.NONE.mask(), -1, -1));
        start = enter(shape, end);
    }

    /// @return empty where the expression has parts that are not known here, or lets every line through
    static Optional<Sieve> of(String regex, boolean exact) {
        try {
            return Shape.of(regex, exact).map(Sieve::new).filter(sieve -> !sieve.begun().accepts);
        } catch (TooLarge e) {
            return Optional.empty();
        }
    }

    private int add(State state) {
        if (states.size() == MOST_STATES) {
            throw new TooLarge();
        }
        states.add(state);
        return states.size() - 1;
    }

    private int split(int to, int or) {
        return add(new State(SPLIT, Shape.Bytes.NONE.mask(), to, or));
    }

    /// The state from which a shape leads to `next`.
    private int enter(Shape shape, int next) {
        return switch (shape) {
            case Shape.Bytes bytes -> add(new State(0, bytes.mask(), next, -1));
            case Shape.Row row -> {
                int at = next;
                for (var part : row.parts().reversed()) {
                    at = enter(part, at);
                }
                yield at;
            }
            case Shape.Either either -> {
                int at = enter(either.ways().getLast(), next);
                for (var way :
                        either.ways().subList(0, either.ways().size() - 1).reversed()) {
                    at = split(enter(way, next), at);
                }
                yield at;
            }
            case Shape.Repeat repeat -> repeat(repeat, next);
        };
    }

    private int repeat(Shape.Repeat repeat, int next) {
        int at = next;
        if (repeat.endless()) {
            at = split(-1, next);
            int body = enter(repeat.part(), at);
            states.set(at, new State(SPLIT, Shape.Bytes.NONE.mask(), body, next));
        } else {
            for (int i = repeat.least(); i < repeat.most(); i++) {
                at = split(enter(repeat.part(), at), next);
            }
        }
        for (int i = 0; i < repeat.least(); i++) {
            at = enter(repeat.part(), at);
        }
        return at;
    }

    /// What is true when a line begins.
    private Closure begun() {
        var closure = new Closure(new BitSet(states.size()));
        closure.enter(start);
        return closure;
    }

    /// States that are entered together.
    private final class Closure {
        private final BitSet in;
        private boolean accepts;

        Closure(BitSet in) {
            this.in = in;
        }

        void enter(int first) {
            var waiting = new ArrayList<Integer>(List.of(first));
            while (!waiting.isEmpty()) {
                int at = waiting.removeLast();
                if (in.get(at)) {
                    continue;
                }
                in.set(at);
                var state = states.get(at);
                accepts |= state.kind() == END;
                if (state.kind() == SPLIT) {
                    waiting.add(state.to());
                    waiting.add(state.or());
                }
            }
        }
    }

    Finder run() {
        return new Run();
    }

    /// The table of one run, made as far as it is needed. One thread.
    private final class Run implements Finder {
        private static final int UNKNOWN = -1;
        private static final int FOUND = -2;
        private static final int MOST_ROWS = 4000;

        private final Map<BitSet, Integer> rows = new HashMap<>();
        private final List<BitSet> sets = new ArrayList<>();
        private int[] table = new int[0];
        private int first;

        Run() {
            first = row(begun().in);
        }

        @Override
        public int find(byte[] in, int from, int to) {
            int row = first;
            var known = table;
            for (int at = from; at < to; at++) {
                int next = known[row + (in[at] & 0xff)];
                if (next < 0) {
                    if (next == UNKNOWN) {
                        next = step(row, in[at] & 0xff);
                        known = table;
                    }
                    if (next == FOUND) {
                        return at;
                    }
                }
                row = next;
            }
            return -1;
        }

        private int step(int row, int b) {
            var set = sets.get(row >> 8);
            // A match may begin at every byte; lines do not know of each other.
            var next = begun();
            if (b != '\n' && b != '\r') {
                for (int at = set.nextSetBit(0); at >= 0; at = set.nextSetBit(at + 1)) {
                    var state = states.get(at);
                    if (state.kind() == 0 && (state.on()[b >> 6] >>> (b & 63) & 1) != 0) {
                        next.enter(state.to());
                    }
                }
            }
            if (next.accepts) {
                table[row + b] = FOUND;
                return FOUND;
            }
            if (sets.size() >= MOST_ROWS && !rows.containsKey(next.in)) {
                forget();
                return row(next.in);
            }
            int found = row(next.in);
            table[row + b] = found;
            return found;
        }

        private int row(BitSet set) {
            var known = rows.get(set);
            if (known != null) {
                return known;
            }
            int row = sets.size() << 8;
            if (row == table.length) {
                int length = table.length;
                table = Arrays.copyOf(table, Math.max(16 << 8, length * 2));
                Arrays.fill(table, length, table.length, UNKNOWN);
            }
            sets.add(set);
            rows.put(set, row);
            return row;
        }

        private void forget() {
            rows.clear();
            sets.clear();
            Arrays.fill(table, UNKNOWN);
            first = row(begun().in);
        }
    }
}
