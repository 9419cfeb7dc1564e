package aque.schedule;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Says in words why no worker has taken a pending task with these needs. Uses the rules of [Fit], which are those
/// that workers take tasks by. Pure.
public final class Waiting {
    private Waiting() {}

    /// A worker and what it has free now.
    ///
    /// @param keptFor what else it keeps that free, in words; empty for nothing
    public record Offer(
            String name,
            Capabilities whole,
            int freeCpuMilli,
            long freeMemory,
            boolean draining,
            Optional<String> keptFor) {}

    /// One reason a line, in the order in which a person would mend them.
    public static List<String> reasons(Needs needs, List<Offer> workers) {
        var up = workers.stream().filter(w -> !w.draining()).toList();
        if (up.isEmpty()) {
            return List.of(workers.isEmpty() ? "no worker is up" : "every worker is draining and takes no new work");
        }
        var fitting = up.stream().filter(w -> Fit.fits(needs, w.whole())).toList();
        return fitting.isEmpty() ? neverFits(needs, up) : busy(needs, fitting);
    }

    /// A need that no worker meets is named on its own, with the best there is.
    private static List<String> neverFits(Needs needs, List<Offer> up) {
        var missing = new TreeMap<String, List<String>>();
        for (var w : up) {
            for (var miss : Fit.misses(needs, w.whole())) {
                missing.computeIfAbsent(miss.need(), k -> new ArrayList<>()).add(w.name() + ": " + miss.offered());
            }
        }
        var nobody = missing.entrySet().stream()
                .filter(e -> e.getValue().size() == up.size())
                .map(e -> "needs " + e.getKey() + ", no worker has that (" + few(e.getValue()) + ")")
                .toList();
        if (!nobody.isEmpty()) {
            return nobody;
        }
        return missing.entrySet().stream()
                .sorted(Comparator.comparing((Map.Entry<String, List<String>> e) ->
                                e.getValue().size())
                        .reversed())
                .map(e -> "needs " + e.getKey() + ", which these lack: " + few(e.getValue())
                        + "; no worker has all that it needs together")
                .toList();
    }

    private static List<String> busy(Needs needs, List<Offer> fitting) {
        return fitting.stream()
                .filter(w -> hasRoom(needs, w))
                .findFirst()
                .map(w -> List.of("it is next: " + w.name() + " has room and will take it"))
                .orElseGet(() -> fitting.stream().map(w -> busy(needs, w)).toList());
    }

    private static String busy(Needs needs, Offer w) {
        if (w.keptFor().isPresent()) {
            return w.name() + " keeps what becomes free for " + w.keptFor().get() + ", which is first and needs more";
        }
        var cpu = share(needs, w.whole());
        return w.freeCpuMilli() < cpu
                ? w.name() + " is busy: " + Fit.cpus(w.freeCpuMilli()) + " of "
                        + Fit.cpus(w.whole().cpuMilli()) + " cpus free, it needs " + Fit.cpus(cpu)
                : w.name() + " is busy: " + (w.freeMemory() >> 20) + " MiB of memory free, it needs "
                        + (needs.memory() >> 20);
    }

    /// Does one of them have room for it now?
    public static boolean hasRoom(Needs needs, List<Offer> workers) {
        return workers.stream().anyMatch(w -> !w.draining() && Fit.fits(needs, w.whole()) && hasRoom(needs, w));
    }

    private static boolean hasRoom(Needs needs, Offer w) {
        return w.keptFor().isEmpty() && w.freeCpuMilli() >= share(needs, w.whole()) && w.freeMemory() >= needs.memory();
    }

    /// Cpus that the needs come to on this machine, a share resolved (A55).
    public static int share(Needs needs, Capabilities worker) {
        return needs.cpuMilli() >= 0 ? needs.cpuMilli() : Math.max(1, worker.cpuMilli() / -needs.cpuMilli());
    }

    private static String few(List<String> names) {
        var shown = names.stream().limit(4).collect(Collectors.joining(", "));
        return names.size() <= 4 ? shown : shown + " and " + (names.size() - 4) + " more";
    }
}
