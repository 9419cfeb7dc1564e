package aque.farm;

import java.nio.file.Path;
import java.util.List;

/// Which paths of a machine the farm's workers see too: those on the same machine, and those that have the same network
/// file system at the same place. Where nothing is known of a worker it counts as seeing all.
///
/// @param host of the machine where the paths are
public record Reach(String host, Mounts mine, List<WorkerView> workers) {
    public Reach {
        workers = workers.stream().filter(w -> w.state().equals("up")).toList();
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
