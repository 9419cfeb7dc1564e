package aque.cli;

import aque.db.Unreachable;
import aque.farm.ServerStore;
import aque.local.UserFolders;
import aque.log.Channel;
import aque.posix.Proc;
import aque.process.Launch;
import aque.process.LaunchException;
import aque.process.OutputSink;
import aque.process.Processes;
import aque.task.TaskId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/// `aque doctor`: what is wrong with this machine's set-up, and how to mend it. A line a check, `ok`, `look` or
/// `wrong`; exit 1 when anything is wrong.
final class DoctorCommand {
    private static final long LITTLE_DISK = 1L << 30;
    private static final int FEW_FILES = 4096;
    private static final int OLDEST_SERVER = 150_000;
    private static final Duration SKEW = Duration.ofSeconds(2);
    private static final Duration SLOW = Duration.ofMillis(50);

    private DoctorCommand() {}

    private enum Grade {
        OK,
        LOOK,
        WRONG
    }

    private record Finding(Grade grade, String what, String mend) {
        static Finding ok(String what) {
            return new Finding(Grade.OK, what, "");
        }

        static Finding look(String what, String mend) {
            return new Finding(Grade.LOOK, what, mend);
        }

        static Finding wrong(String what, String mend) {
            return new Finding(Grade.WRONG, what, mend);
        }
    }

    static int run(Shell shell, List<String> typed) {
        var args = Arguments.anywhere(typed, Arguments.options(Arguments.flag("json", "one JSON object a line")));
        if (!args.words().isEmpty()) {
            throw new UsageException("doctor takes no words");
        }
        var checks = List.<Supplier<List<Finding>>>of(
                DoctorCommand::program,
                DoctorCommand::processes,
                DoctorCommand::files,
                DoctorCommand::disks,
                DoctorCommand::memory,
                DoctorCommand::configuration,
                () -> broker(shell));
        var wrong = false;
        for (var check : checks) {
            for (var finding : check.get()) {
                shell.out().println(args.has("json") ? json(finding) : text(finding));
                wrong |= finding.grade == Grade.WRONG;
            }
        }
        return wrong ? Exit.FAILED : Exit.DONE;
    }

    private static String text(Finding f) {
        var mend = f.mend.isEmpty() ? "" : "; " + f.mend;
        return "%-6s %s%s".formatted(f.grade.name().toLowerCase(java.util.Locale.ROOT), f.what, mend);
    }

    private static String json(Finding f) {
        var grade = f.grade.name().toLowerCase(java.util.Locale.ROOT);
        return JsonMapper.shared().writeValueAsString(Map.of("grade", grade, "what", f.what, "mend", f.mend));
    }

    private static List<Finding> program() {
        return List.of(Finding.ok("aque " + Version.number() + " on Java " + Runtime.version() + ", "
                + System.getProperty("os.name") + " " + System.getProperty("os.version")));
    }

    /// Starts one, as a worker would.
    private static List<Finding> processes() {
        OutputSink nowhere = (Channel channel, byte[] piece, Runnable more) -> true;
        try (var processes = Processes.start("doctor")) {
            var launch = new Launch(
                    new TaskId(1), 1, List.of("true"), Map.of("PATH", System.getenv("PATH")), Path.of("/"), nowhere);
            var exit = processes.start(launch).exit().get(30, TimeUnit.SECONDS);
            var started = exit.code().orElse(-1) == 0
                    ? Finding.ok("programs can be started and watched")
                    : Finding.wrong("`true` ended with " + exit, "look at what it is on this machine's PATH");
            var groups = Processes.endsByGroup()
                    ? Finding.ok("a task's processes end by one word of the kernel (cgroup v2)")
                    : Finding.look(
                            "a task's processes are looked for one by one when they have to end",
                            "run the worker as root or with systemd's Delegate=yes, and the kernel does it");
            return List.of(started, groups);
        } catch (IOException | LaunchException | ExecutionException | TimeoutException e) {
            return List.of(Finding.wrong(
                    "no program can be started: " + e.getMessage(), "workers need Linux with glibc 2.34 or newer"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private static List<Finding> files() {
        var most = Proc.fileLimit();
        return most < FEW_FILES
                ? List.of(Finding.look(
                        "only " + most + " files may be open at once",
                        "raise it (`ulimit -n`, LimitNOFILE=) to " + FEW_FILES + " for many tasks at once"))
                : List.of(Finding.ok(most + " files may be open at once"));
    }

    /// Output waits in the data folder while the broker is away; sessions live in the temporary one.
    private static List<Finding> disks() {
        var out = new ArrayList<Finding>();
        for (var folder : List.of(UserFolders.ofEnvironment().data(), Path.of(System.getProperty("java.io.tmpdir")))) {
            out.add(disk(folder));
        }
        return out;
    }

    private static Finding disk(Path folder) {
        try {
            Files.createDirectories(folder);
            var free = Files.getFileStore(folder).getUsableSpace();
            if (!Files.isWritable(folder)) {
                return Finding.wrong(folder + " cannot be written", "give it to the user of the worker");
            }
            var room = (free >> 20) + " MiB free under " + folder;
            return free < LITTLE_DISK
                    ? Finding.wrong(room, "output of tasks waits there while the broker is away: make room")
                    : Finding.ok(room);
        } catch (IOException e) {
            return Finding.wrong(folder + " cannot be used: " + e.getMessage(), "make it, or set XDG_DATA_HOME");
        }
    }

    private static List<Finding> memory() {
        var all = Proc.memory("MemTotal");
        var free = Proc.memory("MemAvailable");
        var text = (free >> 20) + " of " + (all >> 20) + " MiB of memory are free";
        return free * 20 < all
                ? List.of(Finding.look(text, "tasks may be ended by the kernel: reserve with --memory"))
                : List.of(Finding.ok(text));
    }

    private static List<Finding> configuration() {
        var out = new ArrayList<Finding>();
        try {
            var options = WorkerCommand.options(List.of());
            out.add(Finding.ok("a worker here would be " + options.name() + " with "
                    + aque.schedule.Fit.cpus(options.cpuMilli()) + " cpus and " + (options.memory() >> 20) + " MiB"));
        } catch (UsageException e) {
            out.add(Finding.wrong("the worker's configuration is wrong: " + e.getMessage(), "mend worker.conf"));
        }
        if (System.getProperty("user.name").equals("root")) {
            out.add(Finding.look("this is root: a worker's tasks run as root", "start it as a user of its own"));
        }
        return out;
    }

    private static List<Finding> broker(Shell shell) {
        try {
            var out = new ArrayList<Finding>();
            var store = new ServerStore(shell.database());
            var server = store.look();
            var name = shell.local() ? "the user's own server" : shell.address().toString();
            out.add(
                    server.trip().compareTo(SLOW) > 0
                            ? Finding.look(
                                    name + " answers in " + server.trip().toMillis() + " ms",
                                    "short tasks wait for it: look at the network")
                            : Finding.ok(name + " answers in " + server.trip().toNanos() / 1000 + " µs, PostgreSQL "
                                    + server.version() / 10_000));
            if (server.version() < OLDEST_SERVER) {
                out.add(Finding.wrong("PostgreSQL is older than 15", "upgrade the server"));
            }
            store.missing()
                    .ifPresent(m -> out.add(Finding.wrong("the schema lacks " + m, "`aque init` brings it to head")));
            out.add(clock(server.ahead()));
            if (!server.durable()) {
                out.add(Finding.look(
                        "commits are not on disk when they return", "set fsync and synchronous_commit on"));
            }
            if (server.connections() * 10 > server.most() * 8) {
                out.add(Finding.look(
                        server.connections() + " of " + server.most() + " connections are in use",
                        "raise max_connections, a worker takes up to 5"));
            }
            return out;
        } catch (Unreachable e) {
            return List.of(Finding.wrong(String.valueOf(e.getMessage()), "is AQUE_BROKER right, does the server run?"));
        } catch (aque.db.DbException e) {
            return List.of(Finding.wrong(String.valueOf(e.getMessage()), "`aque init` brings the schema to head"));
        }
    }

    /// Nothing is decided by this machine's clock, but people compare the times.
    private static Finding clock(Duration ahead) {
        return ahead.abs().compareTo(SKEW) > 0
                ? Finding.look(
                        "the server's clock is " + ahead.toMillis() / 1000.0 + " s ahead of this one",
                        "use NTP on both")
                : Finding.ok("the clocks agree within " + ahead.abs().toMillis() + " ms");
    }
}
