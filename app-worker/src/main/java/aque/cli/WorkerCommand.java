package aque.cli;

import aque.worker.Worker;
import aque.worker.WorkerOptions;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import sun.misc.Signal;

/// `aque worker`: works until told. The first TERM or INT lets what runs finish, the second gives it back (W29).
final class WorkerCommand {
    private static final int CONNECTIONS = 4;

    private WorkerCommand() {}

    static int run(Shell shell, List<String> typed) throws InterruptedException, IOException {
        var args = Arguments.anywhere(
                typed,
                Arguments.options(
                        Arguments.value('c', "cpus", "N", "cores it gives"),
                        Arguments.value("memory", "SIZE", "memory it gives"),
                        Arguments.value("name", "NAME", "its name; this host's by default"),
                        Arguments.value(
                                "amount", "NAME=N", "a named amount that it offers, such as amount.worker.gpu=1"),
                        Arguments.value(
                                "attribute", "NAME=VALUE", "a trait, such as attr.custom.host_config=HostConfigA"),
                        Arguments.flag('1', "one", "one task, then end"),
                        Arguments.flag('2', "to-end", "until nothing is left to start"),
                        Arguments.value("idle-exit", "D", "end after so long without a task")));
        if (!args.words().isEmpty()) {
            throw new UsageException("worker takes no words: " + args.words().getFirst());
        }
        Logging.talkative();
        var options = options(args, shell.local());
        try (var database = shell.pool("aque-worker", CONNECTIONS);
                var worker = new Worker(database, options, Version.number())) {
            Signal.handle(new Signal("TERM"), s -> end(worker));
            Signal.handle(new Signal("INT"), s -> end(worker));
            worker.run();
        }
        return Exit.DONE;
    }

    private static void end(Worker worker) {
        if (worker.isDraining()) {
            worker.release();
        } else {
            worker.drain();
        }
    }

    private static WorkerOptions options(Arguments args, boolean local) {
        var here = WorkerOptions.ofThisMachine();
        var cpus = args.get("cpus").map(Units::cpuMilli).orElse(here.cpuMilli());
        if (cpus <= 0) {
            throw new UsageException("a worker gives at least a part of a core");
        }
        return new WorkerOptions(
                args.get("name").orElse(here.name()),
                cpus,
                args.get("memory").map(Units::size).orElse(here.memory()),
                amounts(args.all("amount")),
                attributes(args.all("attribute")),
                args.has("one")
                        ? WorkerOptions.Mode.ONE
                        : args.has("to-end") ? WorkerOptions.Mode.TO_END : WorkerOptions.Mode.FOREVER,
                args.get("idle-exit").map(Units::duration),
                local);
    }

    private static Map<String, Double> amounts(List<String> typed) {
        var out = new HashMap<String, Double>();
        for (var t : typed) {
            var pair = pair(t);
            try {
                out.put(pair[0], Double.parseDouble(pair[1]));
            } catch (NumberFormatException e) {
                throw new UsageException("not a number: " + t);
            }
        }
        return out;
    }

    private static Map<String, Set<String>> attributes(List<String> typed) {
        var out = new HashMap<String, Set<String>>();
        for (var t : typed) {
            var pair = pair(t);
            out.computeIfAbsent(pair[0], k -> new HashSet<>()).add(pair[1].toLowerCase(Locale.ROOT));
        }
        return out;
    }

    private static String[] pair(String text) {
        var equals = text.indexOf('=');
        if (equals < 1) {
            throw new UsageException("NAME=VALUE, not " + text);
        }
        return new String[] {text.substring(0, equals).toLowerCase(Locale.ROOT), text.substring(equals + 1)};
    }
}
