package aque.cli;

import aque.schedule.Needs;
import aque.submit.EnvironmentPolicy;
import aque.submit.JobRules;
import aque.submit.PathHints;
import aque.submit.TaskOptions;
import aque.worker.Machine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.cli.Options;

/// The options that `submit`, `run` and `xargs` have in common, and what they say.
final class SubmitOptions {
    private static final int MOST_PIPED = 4 << 20;
    private static final String ANY = "any";
    private static final List<String> TASK_OPTIONS = List.of(
            "cpus",
            "pool",
            "tag",
            "gpus",
            "fail-on",
            "licence-exit",
            "least",
            "memory",
            "limit",
            "host",
            "platform",
            "grace",
            "timeout",
            "retries",
            "retry-delay",
            "stall",
            "on-lost",
            "exclusive",
            "io",
            "stdin",
            "pipe-from",
            "stdout",
            "stderr",
            "warm");

    private SubmitOptions() {}

    static Options options() {
        var options = Arguments.options(
                Arguments.value('n', "name", "NAME", "what people call it"),
                Arguments.value("cwd", "DIR", "where it runs"),
                Arguments.value("env", "NAME=VALUE", "a variable more; NAME alone takes the caller's value"),
                Arguments.value("priority", "N", "larger first, 1000 is usual"),
                Arguments.value('c', "cpus", "N|/N", "cores to reserve, or a part of the machine"),
                Arguments.value("memory", "SIZE", "memory to reserve, 8G"),
                Arguments.value("gpus", "N", "gpus to reserve"),
                Arguments.value("dep", "ID", "starts after this has succeeded; JOB/STEP or a key too"),
                Arguments.value("dep-file", "PATH", "starts when a worker sees this file, and that it grows no more"),
                Arguments.value("parent", "GROUP", "joins this group of a job that is there"),
                Arguments.value("pipe-from", "ID", "starts after this, and reads what it wrote to standard output"),
                Arguments.value("stdin", "FILE", "standard input; - takes what is piped in here along"),
                Arguments.value("stdout", "FILE", "gets standard output, as the log does"),
                Arguments.value("stderr", "FILE", "gets standard error, as the log does"),
                Arguments.value("range", "A-BxS", "a task for each frame; {start} {end} {frames} #### in the command"),
                Arguments.value("chunk", "N", "so many frames a task"),
                Arguments.value("warm", "N", "a process does N frames or items, each its own task; it asks for them"),
                Arguments.value("retries", "N", "failures that are tried again"),
                Arguments.value("duration", "D", "takes about so long: of equal priorities longer goes first"),
                Arguments.value("timeout", "D", "stopped after so long, 1h30m"),
                Arguments.value("grace", "D", "between TERM and KILL"),
                Arguments.value("key", "KEY", "a second submission with the same key makes nothing"),
                Arguments.value("unique", "KEY", "refused while a job with this key has not ended"),
                Arguments.value(
                        "group",
                        "KEY",
                        "whose share of the farm it is of, and where its key is its own; else one's own"),
                Arguments.value("host", "GLOBS", "hosts it may run on; !GLOB excludes"),
                Arguments.value(
                        "platform", "NAME", "linux, macos, windows or any; a command goes where it was submitted"),
                Arguments.value("pool", "NAMES", "workers of one of these pools"),
                Arguments.value("tag", "NAME", "workers with this tag, and with each other one"),
                Arguments.value("retry-delay", "D", "rest after the first failure, doubled by each further one"),
                Arguments.value("fail-on", "N", "has failed when it failed on N hosts; each try goes to another"),
                Arguments.value("licence-exit", "CODES", "exit codes of a short licence: tried again, not failed"),
                Arguments.value("least", "D", "a success in less time is a failure"),
                Arguments.value("stall", "D", "stopped after so long without output"),
                Arguments.value("on-lost", "retry|fail", "when its worker is lost"),
                Arguments.flag("exclusive", "two runs of it never overlap, whatever breaks"),
                Arguments.value("limit", "NAME[=N]", "takes N of a limit of the farm, a licence"),
                Arguments.value("io", "PATH", "reads or writes there: idle paths go first"),
                Arguments.value("max-parallel", "N", "so many of its tasks at once, farm-wide"),
                Arguments.flag("serial", "one after the other, in order"),
                Arguments.value("start-after", "D|TIME", "not before: 30m, or 2027-01-31T20:00:00Z"),
                Arguments.value("too-many-errors", "N", "failed tasks that hold it, 0 never; 20 or 10 % if not said"),
                Arguments.flag("hold", "starts on hold"),
                Arguments.value(
                        "on-dep-error", "fail|run", "when what it waits for fails: with it, or run all the same"),
                Arguments.flag("interruptible", "what runs of it gives way to a higher priority"),
                Arguments.value("preview", "N", "every N-th frame first, the rest when the job is released"),
                Arguments.value("label", "NAME=VALUE", "what it is of: show, shot, asset, version, due, any"),
                Arguments.value('p', "parameter", "NAME=VALUE", "a template's parameter, or file://FILE"),
                Arguments.value("template", "NAME", "a template of the library, see aque templates"),
                Arguments.value("environment", "FILE", "an OpenJD environment template around the job"),
                Arguments.value("path-mapping-rules", "FILE", "OpenJD path mapping"),
                Arguments.flag("inspect", "a worker asks the scene's own tool what the file does not tell"),
                Arguments.flag("no-freeze", "the scene is read as it is then, not as it is now"));
        Waits.options().forEach(options::addOption);
        return options;
    }

    /// These rules, but for what the command line says.
    static JobRules rules(Arguments args, JobRules base) {
        return new Said<>(args, base)
                .flag("unique", JobRules::withKeyOnceAlive)
                .text("group", JobRules::withShare)
                .number("max-parallel", JobRules::withMaxParallel)
                .flag("serial", JobRules::withSerial)
                .text("start-after", (rules, text) -> rules.withNotBefore(time(text)))
                .number("too-many-errors", JobRules::withTooMany)
                .flag("interruptible", JobRules::withInterruptible)
                .number("preview", JobRules::withPreview)
                .text("on-dep-error", (rules, text) -> Waits.mayRun(text) ? rules.withAnyEnd() : rules)
                .flag("label", rules -> rules.withLabels(LabelCommand.labels(args.all("label"))))
                .value();
    }

    private static Instant time(String text) {
        try {
            return text.contains("T") ? Instant.parse(text) : Instant.now().plus(Units.duration(text));
        } catch (DateTimeParseException e) {
            throw new UsageException("a time is 30m from now, or 2027-01-31T20:00:00Z: " + text);
        }
    }

    private static Map<String, Integer> limits(Arguments args) {
        var out = new HashMap<String, Integer>();
        for (var text : args.all("limit")) {
            var equals = text.indexOf('=');
            if (text.equals(Needs.GPU) || text.startsWith(Needs.GPU + "=")) {
                throw new UsageException("gpus are reserved by --gpus N");
            }
            out.put(
                    equals < 0 ? text : text.substring(0, equals),
                    equals < 0 ? 1 : Units.number("a limit's number", text.substring(equals + 1)));
        }
        return out;
    }

    static Path cwd(Arguments args) {
        return args.get("cwd")
                .map(Path::of)
                .orElse(Path.of(""))
                .toAbsolutePath()
                .normalize();
    }

    /// What a command takes along of the caller's environment, and what `--env` says.
    static Map<String, String> environment(Arguments args) {
        var policy = EnvironmentPolicy.ofUser();
        var callers = Typed.variables();
        var out = new HashMap<>(policy.forCommands(callers.texts()));
        for (var name : callers.strange()) {
            if (!policy.forCommands(Map.of(name, "")).isEmpty()) {
                System.err.println("aque: not_utf8: the variable " + name + " is no text in UTF-8, and stays behind");
            }
        }
        out.putAll(given(args));
        return out;
    }

    /// What `--env` says.
    static Map<String, String> given(Arguments args) {
        var out = new HashMap<String, String>();
        for (var e : args.all("env")) {
            var equals = e.indexOf('=');
            if (equals == 0) {
                throw new UsageException("a variable is NAME=VALUE: " + e);
            }
            if (equals > 0) {
                out.put(e.substring(0, equals), e.substring(equals + 1));
            } else {
                out.put(e, Typed.variables().texts().getOrDefault(e, ""));
            }
        }
        return out;
    }

    /// What a command needs: a machine like the caller's too, since it takes the caller's environment along.
    static Needs needs(Arguments args) {
        var needs = over(args, Needs.ONE_CPU);
        return args.has("platform") ? needs : needs.withPlatform(Machine.platform());
    }

    /// These needs, but for what the command line says.
    static Needs over(Arguments args, Needs base) {
        return new Said<>(args, base)
                .text("cpus", (needs, text) -> needs.withCpu(Units.cpuMilli(text)))
                .text("memory", (needs, text) -> needs.withMemory(Units.size(text)))
                .flag("pool", needs -> needs.withPool(words(args.all("pool"))))
                .flag("tag", needs -> needs.withTags(words(args.all("tag"))))
                .flag("limit", needs -> needs.withLimits(limits(args)))
                .flag("gpus", needs -> needs.withGpus(gpus(args)))
                .text("host", Needs::withHosts)
                .text("platform", (needs, text) -> needs.withPlatform(text.equals(ANY) ? "" : text))
                .value();
    }

    /// Does it say anything of single tasks?
    static boolean sayOfTasks(Arguments args) {
        return TASK_OPTIONS.stream().anyMatch(args::has);
    }

    /// How many items a process does; empty when each task has its own.
    static Optional<Integer> warm(Arguments args) {
        var most = args.get("warm").map(n -> Units.number("the items of a warm process", n));
        if (most.isPresent() && most.get() < 1) {
            throw new UsageException("--warm must be at least 1");
        }
        if (most.isPresent()
                && Stream.of("stdin", "stdout", "stderr", "pipe-from").anyMatch(args::has)) {
            throw new UsageException("a process with many items has no files of a single one: --warm goes without"
                    + " --stdin, --stdout, --stderr and --pipe-from");
        }
        return most;
    }

    /// Options, with the paths that the command's words name where `--io` does not say.
    static TaskOptions options(Arguments args, List<String> paths) {
        var options = over(args, TaskOptions.NONE);
        return args.has("io") || paths.isEmpty() ? options : options.withIoPaths(paths);
    }

    /// The paths of a command's words.
    static PathHints hints(Arguments args, List<String> argv) {
        return PathHints.of(argv, cwd(args));
    }

    private static int gpus(Arguments args) {
        var gpus = Units.number("the gpus", args.get("gpus").orElse(""));
        if (gpus < 1) {
            throw new UsageException("--gpus is 1 or more");
        }
        return gpus;
    }

    private static List<String> words(List<String> typed) {
        return typed.stream()
                .flatMap(w -> Stream.of(w.split(",")))
                .map(w -> w.strip().toLowerCase(Locale.ROOT))
                .filter(w -> !w.isEmpty())
                .sorted()
                .toList();
    }

    private static String onLost(String policy) {
        if (!policy.equals("retry") && !policy.equals("fail")) {
            throw new UsageException("--on-lost is retry or fail: " + policy);
        }
        return policy;
    }

    /// These options, but for what the command line says.
    static TaskOptions over(Arguments args, TaskOptions base) {
        var said = new Said<>(args, base)
                .text("grace", (options, text) -> options.withGrace(Units.duration(text)))
                .text("timeout", (options, text) -> options.withTimeout(Units.duration(text)))
                .number("retries", TaskOptions::withRetries)
                .text("retry-delay", (options, text) -> options.withRetryDelay(Units.duration(text)))
                .number("fail-on", TaskOptions::withFailOn)
                .flag("licence-exit", options -> options.withLicenceExits(exitCodes(args)))
                .text("least", (options, text) -> options.withLeast(Units.duration(text)))
                .text("stall", (options, text) -> options.withStall(Units.duration(text)))
                .text("on-lost", (options, text) -> options.withOnLost(onLost(text)))
                .flag("exclusive", TaskOptions::withExclusive)
                .flag("io", options -> options.withIoPaths(args.all("io")));
        return streams(said).value();
    }

    private static List<Integer> exitCodes(Arguments args) {
        return words(args.all("licence-exit")).stream()
                .map(code -> Units.number("an exit code", code))
                .toList();
    }

    /// Where it reads and writes.
    private static Said<TaskOptions> streams(Said<TaskOptions> said) {
        if (said.args().has("stdin") && said.args().has("pipe-from")) {
            throw new UsageException("standard input comes from one place: --stdin or --pipe-from");
        }
        return said.text(
                        "stdin",
                        (options, from) ->
                                from.equals("-") ? options.withStdinBytes(piped()) : options.withStdinFile(from))
                .flag("pipe-from", options -> options.withPipeFrom(pipedFrom(said.args())))
                .text("stdout", TaskOptions::withStdout)
                .text("stderr", TaskOptions::withStderr);
    }

    private static long pipedFrom(Arguments args) {
        var from = Arguments.ids(args.all("pipe-from"));
        if (from.size() != 1) {
            throw new UsageException("--pipe-from takes one task");
        }
        return from.getFirst().value();
    }

    private static byte[] piped() {
        try {
            var bytes = System.in.readNBytes(MOST_PIPED + 1);
            if (bytes.length > MOST_PIPED) {
                throw new UsageException("more than 4 MB on standard input; put it into a file and give --stdin FILE");
            }
            return bytes;
        } catch (IOException e) {
            throw new UsageException("standard input cannot be read: " + e.getMessage());
        }
    }
}
