package aque.submit;

import java.util.Arrays;

/// A list of numbers for each number from 0 on, in two arrays: a million tasks have no list each.
record Lists(int[] from, int[] all) {
    private static final int[] NONE = {};

    /// Puts each value into the list of its key; the order of values is kept.
    static Lists of(int size, int[] keys, int[] values) {
        var from = new int[size + 1];
        for (var key : keys) {
            from[key + 1]++;
        }
        for (var i = 0; i < size; i++) {
            from[i + 1] += from[i];
        }
        var next = from.clone();
        var all = new int[keys.length];
        for (var i = 0; i < keys.length; i++) {
            all[next[keys[i]]++] = values[i];
        }
        return new Lists(from, all);
    }

    int[] get(int i) {
        return from[i] == from[i + 1] ? NONE : Arrays.copyOfRange(all, from[i], from[i + 1]);
    }
}
