package aque.worker;

import aque.schedule.Needs;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// Whether a worker takes anything now, as attributes that no task asks for. Immutable.
record Attendance(Map<String, Set<String>> traits) {
    static Attendance of(Habits habits) {
        var out = new HashMap<String, Set<String>>();
        habits.hours().ifPresent(h -> out.put(Needs.HOURS, Set.of(h.toString())));
        habits.hours()
                .filter(h -> !h.contains(LocalTime.now()))
                .ifPresent(h -> out.put(Needs.OFF_HOURS, Set.of(h.toString())));
        habits.idle()
                .ifPresent(i ->
                        out.put(Needs.IDLE_AFTER, Set.of(Long.toString(i.after().toSeconds()))));
        habits.idle().flatMap(Presence::seen).ifPresent(words -> out.put(Needs.IN_USE, Set.of(words)));
        return new Attendance(Map.copyOf(out));
    }

    /// Its user is there: what runs leaves, too.
    boolean leaves() {
        return traits.containsKey(Needs.IN_USE);
    }
}
