package aque.progress;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Tells at a look at each byte, once, which lines are worth reading: those that hold a text that a match of some rule
/// must hold, or that may address the worker. Most of what tools print is never made into text. Letters count in either
/// case, so that a line too many is read, never one too few. (An automaton of Aho and Corasick.) Immutable.
public final class Words {
    /// In what a line holds: it is to be read in any case. Without it the line tells how far the tool is, and of
    /// several
    /// that hold the same, one soon after the other, the last tells as much as all.
    public static final long ALWAYS = Long.MIN_VALUE;

    /// What a line begins with that addresses the worker.
    private static final String DIRECTIVE = "openjd_";

    private static final int BYTES = 256;

    /// Looks for nothing.
    public static final Words NONE = new Words(new int[BYTES], new long[1], 0);

    /// By state and byte the state after it; a state is the place of its first byte.
    private final int[] next;

    private final long[] found;
    private final long every;

    private Words(int[] next, long[] found, long every) {
        this.next = next;
        this.found = found;
        this.every = every;
    }

    static Words of(Collection<Tool> tools) {
        var wanted = new HashMap<String, Long>();
        wanted.put(DIRECTIVE, ALWAYS);
        var free = 1L;
        for (var tool : tools) {
            for (var rule : tool.ofLines()) {
                var mark = ALWAYS;
                if (rule.kind() == Rule.Kind.PROGRESS && free > 0) {
                    mark = free;
                    free <<= 1;
                }
                wanted.merge(rule.literal(), mark, (a, b) -> a | b);
            }
        }
        var every = wanted.remove("");
        return Tree.of(wanted).words(every == null ? 0 : every);
    }

    /// What every line holds: for rules that match without any text of their own.
    public long every() {
        return every;
    }

    /// The state after this byte. A line begins in state 0.
    public int step(int state, byte b) {
        return next[state + (b & 0xff)];
    }

    /// Which words end here: one bit each, or `ALWAYS`.
    public long at(int state) {
        return found[state / BYTES];
    }

    /// The words as they are added; nodes by number, the root first.
    private static final class Tree {
        private final List<int[]> children = new ArrayList<>();
        private final List<Long> ends = new ArrayList<>();

        private static Tree of(Map<String, Long> words) {
            var tree = new Tree();
            tree.grow();
            words.forEach(tree::add);
            return tree;
        }

        private int grow() {
            children.add(new int[BYTES]);
            ends.add(0L);
            return children.size() - 1;
        }

        private void add(String word, long mark) {
            var at = 0;
            for (var b : word.getBytes(StandardCharsets.UTF_8)) {
                var branch = children.get(at);
                var letter = lower(b & 0xff);
                if (branch[letter] == 0) {
                    branch[letter] = grow();
                }
                at = branch[letter];
            }
            ends.set(at, ends.get(at) | mark);
        }

        private static int lower(int b) {
            return b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b;
        }

        /// Where a node has no child the search goes on at the longest end of it that begins another word.
        private Words words(long every) {
            var next = new int[children.size() * BYTES];
            var found = new long[children.size()];
            var shorter = new int[children.size()];
            var queue = new ArrayDeque<>(List.of(0));
            while (!queue.isEmpty()) {
                var node = queue.remove();
                found[node] = ends.get(node) | found[shorter[node]];
                for (var b = 0; b < BYTES; b++) {
                    var child = children.get(node)[lower(b)];
                    var other = node == 0 ? 0 : next[shorter[node] * BYTES + b];
                    next[node * BYTES + b] = child == 0 ? other : child * BYTES;
                    if (child != 0 && lower(b) == b) {
                        shorter[child] = other / BYTES;
                        queue.add(child);
                    }
                }
            }
            return new Words(next, found, every);
        }
    }
}
