package aque.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Which gpu of this machine is whose: each has one task at a time, which sees no other. Any thread.
final class Gpus {
    /// What CUDA, and renderers that do not use it, look at.
    static final String VISIBLE = "CUDA_VISIBLE_DEVICES";

    private final List<String> names;
    private final TreeSet<Integer> taken = new TreeSet<>();

    /// @param visible what the worker itself sees, by CUDA's word; without it they are numbered
    Gpus(Optional<String> visible) {
        this.names = visible.filter(v -> !v.isBlank())
                .map(v -> List.of(v.strip().split(",")))
                .orElse(List.of());
    }

    /// The first so many that nobody has.
    synchronized List<Integer> take(int count) {
        var out = new ArrayList<Integer>();
        for (var i = 0; out.size() < count; i++) {
            if (taken.add(i)) {
                out.add(i);
            }
        }
        return out;
    }

    /// A task of a former worker has these.
    synchronized void keep(List<Integer> gpus) {
        taken.addAll(gpus);
    }

    synchronized void give(List<Integer> gpus) {
        gpus.forEach(taken::remove);
    }

    /// As the task's variable says it.
    String visible(List<Integer> gpus) {
        return String.join(
                ",",
                gpus.stream()
                        .map(i -> i < names.size() ? names.get(i).strip() : Integer.toString(i))
                        .toList());
    }
}
