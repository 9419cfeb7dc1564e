package aque.session;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What one environment changes in the variables of later actions: its own `variables`, then what its `onEnter` said.
/// An
/// unset beats every set. Any thread.
final class Variables {

    private final Map<String, Optional<String>> changes = new HashMap<>();

    synchronized void set(String name, String value) {
        changes.putIfAbsent(name, Optional.of(value));
        changes.computeIfPresent(name, (key, old) -> old.isEmpty() ? old : Optional.of(value));
    }

    synchronized void unset(String name) {
        changes.put(name, Optional.empty());
    }

    /// As they were: empty means unset.
    synchronized void restore(Map<String, Optional<String>> all) {
        changes.putAll(all);
    }

    synchronized Map<String, Optional<String>> all() {
        return Map.copyOf(changes);
    }

    synchronized void addTo(Map<String, Optional<String>> all) {
        all.putAll(changes);
    }
}
