package aque.farm;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which paths of a machine the farm's workers see too: those on the same machine, and those that have the same network
/// file system at the same place. Where nothing is known of a worker it counts as seeing all.
///
/// @param host of the machine where the paths are
public record Reach(String host, Mounts mine, List<WorkerView> workers) {
    public Reach {
        workers = workers.stream().filter(w -> w.state().equals("up")).toList();
    }

    /// Of these paths of this machine, by any name, those that no worker sees. Asks the farm only when there are any,
    /// and this machine tells what it has mounted.
    public static Map<String, Path> unseen(Map<String, Path> paths, FarmStore farm) {
        var mounts = paths.isEmpty() ? Optional.<Mounts>empty() : Mounts.ofThisMachine();
        if (mounts.isEmpty()) {
            return Map.of();
        }
        var reach = new Reach(HostName.here(), mounts.get(), farm.workers());
        var out = new LinkedHashMap<>(paths);
        out.values().removeIf(path -> !reach.isUnseen(path));
        return out;
    }

    /// Is there a worker, and does none see it?
    public boolean isUnseen(Path path) {
        return !workers.isEmpty() && workers.stream().noneMatch(w -> sees(w, path));
    }

    private boolean sees(WorkerView worker, Path path) {
        var told = worker.capabilities().attributes().get(Mounts.ATTRIBUTE);
        if (worker.host().equals(host) || told == null) {
            return true;
        }
        var place = mine.place(path);
        return place.isPresent() && place.equals(Mounts.ofTold(told).place(path));
    }
}
