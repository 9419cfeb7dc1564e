package aque.broker;

import java.util.Collection;
import java.util.List;

/// What a worker can take now.
///
/// @param classes requirement classes that fit it
/// @param totalCpu its whole cpus, thousandths of a core, for shares of the machine
/// @param most at most so many tasks
/// @param busyPaths io_paths of what it runs: equal tasks with other paths go first (A73)
public record Room(
        Collection<Integer> classes,
        int totalCpu,
        int freeCpu,
        long freeMemory,
        int most,
        Collection<String> busyPaths) {

    public Room(Collection<Integer> classes, int totalCpu, int freeCpu, long freeMemory, int most) {
        this(classes, totalCpu, freeCpu, freeMemory, most, List.of());
    }

    /// The same for tasks of one class alone.
    public Room only(int rclass) {
        return new Room(List.of(rclass), totalCpu, freeCpu, freeMemory, most, busyPaths);
    }

    /// The same for one task.
    public Room one() {
        return new Room(classes, totalCpu, freeCpu, freeMemory, Math.min(1, most), busyPaths);
    }
}
