package aque.process;

import aque.posix.Proc;
import aque.posix.ProcessId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// A group of the kernel's (cgroup v2) for a tree that has to end: whatever is in it, and all that was born of that,
/// dies at one word. It is made when the end begins, so that tasks which end by themselves cost nothing. One thread.
final class KillGroup implements AutoCloseable {
    private static final Optional<Path> PARENT = parent();

    private final Path folder;
    /// The kernel takes its time for each move, also for one to where a process is already.
    private final Set<ProcessId> taken = new HashSet<>();

    private KillGroup(Path folder) {
        this.folder = folder;
    }

    /// A new one; empty where this user may not make any.
    ///
    /// @param name unique on this machine
    static Optional<KillGroup> make(String name) {
        return PARENT.flatMap(parent -> {
            try {
                return Optional.of(new KillGroup(Files.createDirectories(parent.resolve("aque-" + name))));
            } catch (IOException e) {
                return Optional.empty();
            }
        });
    }

    /// Whether groups can be made here.
    static boolean possible() {
        return PARENT.isPresent();
    }

    /// Puts a process into it, and so all that it will ever start; one that is gone, or not ours, stays where it is.
    boolean take(ProcessId process) {
        if (taken.contains(process)) {
            return true;
        }
        var done = Proc.alive(process) && write("cgroup.procs", Integer.toString(process.pid()));
        return done && taken.add(process);
    }

    /// Ends all that is in it.
    boolean kill() {
        return write("cgroup.kill", "1");
    }

    /// Removes it, when nothing is left in it.
    @Override
    public void close() {
        try {
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            System.getLogger(KillGroup.class.getName())
                    .log(System.Logger.Level.DEBUG, "{0} was not removed: {1}", folder, e.getMessage());
        }
    }

    private boolean write(String file, String text) {
        try {
            Files.writeString(folder.resolve(file), text);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /// This process's own group, when others can be made below it and killed as a whole.
    private static Optional<Path> parent() {
        try {
            var mount = Files.readAllLines(Path.of("/proc/self/mounts")).stream()
                    .map(line -> line.split(" "))
                    .filter(part -> part.length > 2 && part[2].equals("cgroup2"))
                    .map(part -> Path.of(part[1]))
                    .findFirst();
            var own = Files.readAllLines(Path.of("/proc/self/cgroup")).stream()
                    .filter(line -> line.startsWith("0::/"))
                    .map(line -> line.substring("0::/".length()))
                    .findFirst();
            return mount.flatMap(m -> own.map(m::resolve)).filter(KillGroup::works);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean works(Path parent) {
        var trial =
                new KillGroup(parent.resolve("aque-" + ProcessHandle.current().pid()));
        try (trial) {
            Files.createDirectory(trial.folder);
            return Files.isWritable(trial.folder.resolve("cgroup.kill"));
        } catch (IOException e) {
            return false;
        }
    }
}
