package aque.cli;

import aque.db.Database;
import aque.db.SharedFarm;
import aque.posix.Umask;
import aque.schedule.Hours;
import aque.schedule.Needs;
import aque.worker.Habits;
import aque.worker.HouseRules;
import aque.worker.Policy;
import aque.worker.Worker;
import aque.worker.WorkerOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/// `aque worker`: works until told. The first TERM or INT lets what runs finish, the second gives it back (W29). HUP
/// reads the configuration again, and replaces the worker when its program has changed, while its tasks run on (A64).
final class WorkerCommand {
    private static final Logger log = LoggerFactory.getLogger(WorkerCommand.class);
    private static final int CONNECTIONS = 4;
    /// Its longest statement is a batch of output.
    private static final Duration ANSWER = Duration.ofSeconds(15);
    private static final Duration WATCH = Duration.ofSeconds(2);
    /// Set for the program that takes over: where the keeper of its predecessor is.
    private static final String TAKE_OVER = "AQUE_TAKE_OVER";

    private WorkerCommand() {}

    static int run(Shell shell, List<String> typed) throws InterruptedException, IOException {
        var args = args(typed);
        Logging.talkative();
        var program = Program.now();
        options(args, shell.local(), HouseRules.USUAL.runAs()); // what is wrong is told before anything is opened
        args.get("umask").ifPresent(m -> Umask.set(umask(m)));
        var keeper = Optional.ofNullable(System.getenv(TAKE_OVER)).filter(k -> !k.isEmpty());
        Optional<Path> left;
        try (var database = shell.pool("aque-worker", CONNECTIONS, ANSWER);
                var worker = new Worker(
                        database,
                        options(args, shell.local(), usual(database)),
                        Version.number(),
                        keeper.map(Path::of))) {
            Logging.alsoTo(worker.ownLog()::add);
            Signal.handle(new Signal("TERM"), s -> end(worker));
            Signal.handle(new Signal("INT"), s -> end(worker));
            Runnable anew = () -> reload(worker, program, () -> options(args(typed), shell.local(), usual(database)));
            onHangUp(s -> anew.run());
            worker.onReload(anew);
            var watch = args.has("reload") ? Optional.of(watch(worker, program)) : Optional.<Thread>empty();
            worker.run();
            watch.ifPresent(Thread::interrupt);
            left = worker.handedOver();
        }
        if (left.isPresent()) {
            program.become(Map.of(TAKE_OVER, left.get().toString()));
        }
        return Exit.DONE;
    }

    /// Also of a worker that nohup started: the JVM leaves an ignored signal ignored, whatever handler it is given.
    private static void onHangUp(SignalHandler handler) {
        var hangUp = new Signal("HUP");
        if (Signal.handle(hangUp, handler) == SignalHandler.SIG_IGN) {
            aque.posix.Signal.heed(aque.posix.Signal.HUP);
            Signal.handle(hangUp, handler);
        }
    }

    /// On a shared farm each task is its submitter's user unless somebody says otherwise.
    private static HouseRules.RunAs usual(Database database) {
        return SharedFarm.is(database) ? HouseRules.RunAs.SUBMITTER : HouseRules.RunAs.WORKER;
    }

    /// Configuration always; the program when there is another one.
    private static void reload(Worker worker, Program program, Supplier<WorkerOptions> options) {
        try {
            worker.configure(options.get());
        } catch (UsageException e) {
            log.warn("the configuration stays as it is: {}", e.getMessage());
        }
        if (program.starts() && program.hasChanged()) {
            worker.replace();
        }
    }

    private static Thread watch(Worker worker, Program program) {
        return Thread.ofVirtual().name("aque-reload").start(() -> {
            try {
                while (true) {
                    Thread.sleep(WATCH.toMillis());
                    if (program.hasChanged() && program.starts()) {
                        worker.replace();
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static Arguments args(List<String> typed) {
        var all = Arguments.options(
                Arguments.value('c', "cpus", "N", "cores it gives"),
                Arguments.value("memory", "SIZE", "memory it gives"),
                Arguments.value("name", "NAME", "its name; this host's by default"),
                Arguments.value("amount", "NAME=N", "a named amount that it offers, such as amount.worker.gpu=1"),
                Arguments.value("attribute", "NAME=VALUE", "a trait, such as attr.custom.host_config=HostConfigA"),
                Arguments.value("gpus", "N", "gpus that it gives"),
                Arguments.value("pool", "NAMES", "pools that it is in"),
                Arguments.flag("pool-only", "takes nothing that names none of its pools"),
                Arguments.value("tag", "NAMES", "tags that tasks may ask for"),
                Arguments.value("log-cap", "SIZE", "so much of a task's output is kept, its head and its tail; 2GiB"),
                Arguments.value("over-memory", "WHAT", "allow, warn or kill who uses more than it has reserved; warn"),
                Arguments.value("policy", "FILE", "which programs may be started here: lines of allow or deny GLOB"),
                Arguments.value(
                        "run-as", "WHO", "worker, or submitter: on a shared farm each task is its submitter's user"),
                Arguments.value(
                        "umask", "OCTAL", "which rights its tasks' new files do not get, 002; as it was started"),
                Arguments.value("hours", "FROM-TO", "works in these hours of each day only, 19:00-08:00"),
                Arguments.value("idle-after", "D", "works only while nobody has sat at this machine for so long"),
                Arguments.value(
                        "idle-command", "CMD", "prints the milliseconds since the last key, such as xprintidle"),
                Arguments.value("count-limit", "NAME=CMD", "a limit of the farm is what this prints, twice a minute"),
                Arguments.value("config", "FILE", "more of these, a line each; read again at SIGHUP"),
                Arguments.flag("reload", "is replaced by a new program as soon as there is one; tasks run on"),
                Arguments.flag('1', "one", "one task, then end"),
                Arguments.flag('2', "to-end", "until nothing is left to start"),
                Arguments.value("idle-exit", "D", "end after so long without a task"));
        var first = Arguments.anywhere(typed, all);
        if (!first.words().isEmpty()) {
            throw new UsageException("worker takes no words: " + first.words().getFirst());
        }
        var file = WorkerFile.find(first.get("config"));
        if (file.isEmpty()) {
            return first;
        }
        var both = new ArrayList<>(typed);
        both.addAll(WorkerFile.options(file.get()));
        return Arguments.anywhere(both, all);
    }

    private static void end(Worker worker) {
        if (worker.isDraining()) {
            worker.release();
        } else {
            worker.drain();
        }
    }

    /// What a worker that is started so would be.
    static WorkerOptions options(List<String> typed) {
        return options(args(typed), false, HouseRules.USUAL.runAs());
    }

    private static WorkerOptions options(Arguments args, boolean local, HouseRules.RunAs usual) {
        var here = WorkerOptions.ofThisMachine();
        var cpus = args.get("cpus").map(Units::cpuMilli).orElse(here.cpuMilli());
        if (cpus <= 0) {
            throw new UsageException("a worker gives at least a part of a core");
        }
        return new WorkerOptions(
                args.get("name").orElse(here.name()),
                cpus,
                args.get("memory").map(Units::size).orElse(here.memory()),
                amounts(args),
                attributes(args),
                args.has("one")
                        ? WorkerOptions.Mode.ONE
                        : args.has("to-end") ? WorkerOptions.Mode.TO_END : WorkerOptions.Mode.FOREVER,
                args.get("idle-exit").map(Units::duration),
                local,
                rules(args, usual),
                habits(args));
    }

    private static HouseRules rules(Arguments args, HouseRules.RunAs usual) {
        return new HouseRules(
                args.get("log-cap").map(Units::size).orElse(HouseRules.USUAL.logBytes()),
                args.get("over-memory")
                        .map(w -> choice(HouseRules.OverMemory.values(), "over-memory", w))
                        .orElse(HouseRules.USUAL.overMemory()),
                args.get("policy").map(Path::of).map(WorkerCommand::policy).orElse(Policy.EVERYTHING),
                args.get("run-as")
                        .map(w -> choice(HouseRules.RunAs.values(), "run-as", w))
                        .orElse(usual));
    }

    private static Habits habits(Arguments args) {
        var limits = new HashMap<String, String>();
        for (var text : args.all("count-limit")) {
            var equals = text.indexOf('=');
            if (equals < 1) {
                throw new UsageException("--count-limit NAME=COMMAND, not " + text);
            }
            limits.put(
                    text.substring(0, equals).strip(),
                    text.substring(equals + 1).strip());
        }
        return new Habits(
                args.get("hours").map(WorkerCommand::hours),
                args.get("idle-after").map(d -> new Habits.Idle(Units.duration(d), args.get("idle-command"))),
                args.get("idle-command"),
                limits);
    }

    private static int umask(String text) {
        if (!text.matches("[0-7]{1,4}") || Integer.parseInt(text, 8) > 0777) {
            throw new UsageException("--umask is octal, 022 or 002, not " + text);
        }
        return Integer.parseInt(text, 8);
    }

    static Hours hours(String text) {
        try {
            return Hours.parse(text);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    /// Words in lower case, as they are compared.
    static Set<String> names(String typed) {
        return Arrays.stream(typed.toLowerCase(Locale.ROOT).split(","))
                .map(String::strip)
                .filter(w -> !w.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static <E extends Enum<E>> E choice(E[] all, String option, String word) {
        return Arrays.stream(all)
                .filter(e -> e.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> new UsageException("--" + option + " is "
                        + Arrays.stream(all)
                                .map(e -> e.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(" or "))
                        + ", not " + word));
    }

    /// A worker whose policy cannot be read does not start.
    private static Policy policy(Path file) {
        try {
            return Policy.read(file);
        } catch (IOException | IllegalArgumentException e) {
            throw new UsageException("the policy: " + e.getMessage());
        }
    }

    private static Map<String, Double> amounts(Arguments args) {
        var out = new HashMap<String, Double>();
        args.get("gpus").ifPresent(n -> out.put(Needs.GPUS, (double) Units.number("the gpus", n)));
        for (var t : args.all("amount")) {
            var pair = pair(t);
            try {
                out.put(pair[0], Double.parseDouble(pair[1]));
            } catch (NumberFormatException e) {
                throw new UsageException("not a number: " + t);
            }
        }
        return out;
    }

    private static Map<String, Set<String>> attributes(Arguments args) {
        var out = new HashMap<String, Set<String>>();
        words(out, Needs.POOL, args.all("pool"));
        words(out, Needs.TAG, args.all("tag"));
        if (args.has("pool-only")) {
            out.put(Needs.POOL_ONLY, Set.of("yes"));
        }
        for (var t : args.all("attribute")) {
            var pair = pair(t);
            out.computeIfAbsent(pair[0], k -> new HashSet<>()).add(pair[1].toLowerCase(Locale.ROOT));
        }
        return out;
    }

    private static void words(Map<String, Set<String>> out, String name, List<String> typed) {
        var words = names(String.join(",", typed));
        if (!words.isEmpty()) {
            out.computeIfAbsent(name, k -> new HashSet<>()).addAll(words);
        }
    }

    private static String[] pair(String text) {
        var equals = text.indexOf('=');
        if (equals < 1) {
            throw new UsageException("NAME=VALUE, not " + text);
        }
        return new String[] {text.substring(0, equals).toLowerCase(Locale.ROOT), text.substring(equals + 1)};
    }
}
