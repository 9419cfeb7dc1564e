package aque.cli;

import aque.broker.Broker;
import aque.openjd.PathMapping;
import aque.openjd.ValuesFile;
import aque.schedule.Needs;
import aque.submit.JobRules;
import aque.submit.Library;
import aque.submit.NewTask;
import aque.submit.Offer;
import aque.submit.Offers;
import aque.submit.Submission;
import aque.submit.SubmitException;
import aque.submit.TaskOptions;
import aque.submit.Work;
import aque.task.TaskId;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.cli.HelpFormatter;
import org.apache.commons.cli.Options;

/// `aque submit`: a command, or a path that becomes a job. Prints the id and nothing else.
final class SubmitCommand {
    private static final int MOST_PIPED = 4 << 20;

    private SubmitCommand() {}

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
                Arguments.value("retries", "N", "failures that are tried again"),
                Arguments.value("timeout", "D", "stopped after so long, 1h30m"),
                Arguments.value("grace", "D", "between TERM and KILL"),
                Arguments.value("key", "KEY", "a second submission with the same key makes nothing"),
                Arguments.value("unique", "KEY", "refused while a job with this key has not ended"),
                Arguments.value(
                        "group",
                        "KEY",
                        "whose share of the farm it is of, and where its key is its own; else one's own"),
                Arguments.value("host", "GLOBS", "hosts it may run on; !GLOB excludes"),
                Arguments.value("platform", "NAME", "linux, macos or windows"),
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
                Arguments.value("label", "NAME=VALUE", "what it is of: show, shot, asset, version, due, any"),
                Arguments.value('p', "parameter", "NAME=VALUE", "a template's parameter, or file://FILE"),
                Arguments.value("template", "NAME", "a template of the library, see aque templates"),
                Arguments.value("environment", "FILE", "an OpenJD environment template around the job"),
                Arguments.value("path-mapping-rules", "FILE", "OpenJD path mapping"));
        Waits.options().forEach(options::addOption);
        return options;
    }

    static void describeOptions(String command, PrintStream out) {
        if (!List.of("submit", "run").contains(command)) {
            return;
        }
        var formatter = new HelpFormatter();
        var writer = new java.io.PrintWriter(out);
        formatter.printOptions(writer, 100, options(), 2, 2);
        writer.flush();
    }

    static int submit(Shell shell, List<String> typed) {
        var args = arguments(typed);
        if (args.has("parent")) {
            return join(shell, args);
        }
        var submitted = send(shell, Waits.on(shell, args, submission(args)));
        sayGranted(shell, args, submitted.id());
        shell.out().println(submitted.id());
        return submitted.existed() ? Exit.REFUSED : Exit.DONE;
    }

    /// A share may have a lower priority granted than was asked for (P29).
    private static void sayGranted(Shell shell, Arguments args, TaskId id) {
        if (!args.has("priority")) {
            return;
        }
        var asked = Units.number("the priority", args.get("priority").orElse(""));
        shell.farm()
                .task(id)
                .filter(t -> t.priority() < asked)
                .ifPresent(t -> shell.say("the priority " + t.priority() + " is granted, not the " + asked
                        + " asked for: see aque share"));
    }

    /// `--parent`: tasks for a group that is there.
    private static int join(Shell shell, Arguments args) {
        var submission = Waits.on(shell, args, submission(args));
        if (args.has("by-frame") || args.has("dep-file")) {
            throw new UsageException("a task that joins a group waits for whole tasks; then `aque dep add` adds more");
        }
        if (submission.document().isPresent()) {
            throw new UsageException("--parent takes a command; a template is a job of its own");
        }
        if (args.has("key") || args.has("priority") || args.has("hold")) {
            throw new UsageException("a task that joins a group has the key, priority and hold of its job");
        }
        var group = Arguments.ids(args.all("parent"));
        if (group.size() != 1) {
            throw new UsageException("--parent takes one group");
        }
        // What is common to a job is each task's own here: the group's job was submitted from elsewhere.
        var tasks = submission.tasks().stream()
                .filter(t -> !t.isGroup())
                .map(t -> t.withOptions(
                        t.options().withCwd(submission.cwd().toString()).withEnv(all(submission, t))))
                .toList();
        shell.broker()
                .append(group.getFirst(), tasks, false, submission.after())
                .forEach(id -> shell.out().println(id));
        return Exit.DONE;
    }

    private static Map<String, String> all(Submission submission, NewTask task) {
        var out = new HashMap<>(submission.environment());
        out.putAll(task.options().env());
        return out;
    }

    /// Options stand before the words; but a template or a folder is no program, so options may follow it too.
    static Arguments arguments(List<String> typed) {
        var args = Arguments.leading(typed, options());
        if (args.dashes() || args.words().size() < 2 || !isTemplate(args.words().getFirst())) {
            return args;
        }
        var first = typed.size() - args.words().size();
        var turned = new ArrayList<>(typed.subList(0, first));
        turned.addAll(typed.subList(first + 1, typed.size()));
        turned.add(typed.get(first));
        var again = Arguments.leading(turned, options());
        if (again.words().size() > 1) {
            throw new UsageException("one template at a time: " + String.join(" ", again.words()));
        }
        return again;
    }

    private static boolean isTemplate(String word) {
        return Offers.isTemplate(Path.of(word)) || Files.isDirectory(Path.of(word));
    }

    static Broker.Submitted send(Shell shell, Submission submission) {
        var submitted = shell.broker().submit(submission);
        if (submitted.existed()) {
            shell.say("a job with this key is there already");
        }
        return submitted;
    }

    /// What was asked for, as a value; nothing has been written.
    static Submission submission(Arguments args) {
        if (args.has("template")) {
            return withOptions(args, fromLibrary(args, args.get("template").orElse("")));
        }
        if (args.words().isEmpty()) {
            throw new UsageException("submit what? a command, a template, a bundle folder or a script");
        }
        var lone = args.words().size() == 1 && !args.dashes();
        var word = args.words().getFirst();
        var path = lone && (args.has("parameter") || Offers.looksLikePath(word) || Files.exists(Path.of(word)));
        return withOptions(args, path ? fromPath(args, Path.of(word)) : fromCommand(args, args.words()));
    }

    static Submission fromCommand(Arguments args, List<String> argv) {
        return new Submission(
                args.get("name").orElse(String.join(" ", argv)),
                System.getProperty("user.name"),
                cwd(args),
                environment(args),
                Optional.empty(),
                Optional.empty(),
                false,
                Submission.DEFAULT_PRIORITY,
                List.of(),
                args.has("range") ? frames(args, argv) : List.of(task(args, argv)));
    }

    private static NewTask task(Arguments args, List<String> argv) {
        return new NewTask(
                name(args.get("name").orElse(String.join(" ", argv))),
                new Work.Command(argv),
                -1,
                List.of(),
                needs(args),
                0,
                taskOptions(args));
    }

    private static List<NewTask> frames(Arguments args, List<String> argv) {
        var chunk = args.get("chunk").map(n -> Units.number("the chunk", n)).orElse(1);
        if (chunk < 1) {
            throw new UsageException("--chunk must be at least 1");
        }
        var tasks = new ArrayList<NewTask>();
        tasks.add(NewTask.group(name(args.get("name").orElse(String.join(" ", argv))), -1, List.of()));
        tasks.addAll(FrameTasks.of(argv, args.get("range").orElse(""), chunk, 0, needs(args), taskOptions(args)));
        return tasks;
    }

    static String name(String text) {
        var line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= 200 ? line : line.substring(0, 199) + "…";
    }

    private static Submission fromLibrary(Arguments args, String name) {
        if (!args.words().isEmpty()) {
            throw new UsageException("--template takes its values by -p NAME=VALUE: " + String.join(" ", args.words()));
        }
        return fromOffer(
                args,
                Library.ofUser()
                        .routine(name)
                        .orElseThrow(() -> new UsageException("no template " + name + ", see aque templates"))
                        .offer());
    }

    private static Submission fromPath(Arguments args, Path path) {
        return fromOffer(args, Offers.of(path));
    }

    private static Submission fromOffer(Arguments args, Offer offer) {
        var values = new Offer.Values(
                parameters(args.all("parameter")),
                args.all("environment").stream()
                        .map(f -> Offers.environment(Path.of(f)))
                        .toList(),
                args.get("path-mapping-rules")
                        .map(f -> PathMapping.read(file(f)))
                        .orElse(PathMapping.NONE),
                cwd(args),
                System.getProperty("user.name"));
        var submission = withTaskOptions(args, offer.submission(values));
        return offer.kind().equals("script") ? submission.withEnvironment(environment(args)) : submission;
    }

    /// What a command line may say for all tasks of a template: retries and the like.
    private static Submission withTaskOptions(Arguments args, Submission submission) {
        var options = taskOptions(args);
        if (options.equals(TaskOptions.NONE)) {
            return submission;
        }
        return submission.withEach(t -> t.isGroup() ? t : t.withOptions(options));
    }

    private static Map<String, String> parameters(List<String> typed) {
        var out = new HashMap<String, String>();
        for (var p : typed) {
            if (p.startsWith("file://")) {
                out.putAll(ValuesFile.read(file(p)));
                continue;
            }
            var equals = p.indexOf('=');
            if (equals < 1) {
                throw new UsageException("a parameter is NAME=VALUE or file://FILE: " + p);
            }
            out.put(p.substring(0, equals), p.substring(equals + 1));
        }
        return out;
    }

    private static Path file(String name) {
        var path = Path.of(name.startsWith("file://") ? name.substring("file://".length()) : name);
        if (!Files.isReadable(path)) {
            throw new SubmitException(path + ": there is no such file");
        }
        return path;
    }

    static Submission withOptions(Arguments args, Submission s) {
        var out = s;
        if (args.has("name")) {
            out = out.withTitle(args.get("name").orElse(s.title()));
        }
        if (args.has("priority")) {
            out = out.withPriority(
                    Units.number("the priority", args.get("priority").orElse("")));
        }
        if (args.has("pipe-from")) {
            out = out.withAfter(Arguments.ids(args.all("pipe-from")));
        }
        var key = args.get("unique").or(() -> args.get("key"));
        if (key.isPresent()) {
            // One's own: two people may use the same word (P28).
            out = out.withKey(args.get("group").orElse(s.owner()) + "/" + filled(key.get(), args));
        }
        out = out.withRules(rules(args));
        return args.has("hold") ? out.withHeld(true) : out;
    }

    /// `{Scene}:{Frames}` with the values of these parameters: a key that follows from what is asked for (W14).
    private static String filled(String key, Arguments args) {
        var out = key;
        for (var p : parameters(args.all("parameter")).entrySet()) {
            out = out.replace("{" + p.getKey() + "}", p.getValue());
        }
        return out;
    }

    private static JobRules rules(Arguments args) {
        var rules = JobRules.NONE;
        if (args.has("unique")) {
            rules = rules.withKeyOnceAlive();
        }
        if (args.has("group")) {
            rules = rules.withShare(args.get("group").orElse(""));
        }
        if (args.has("max-parallel")) {
            rules = rules.withMaxParallel(
                    Units.number("max-parallel", args.get("max-parallel").orElse("")));
        }
        if (args.has("serial")) {
            rules = rules.withSerial();
        }
        if (args.has("start-after")) {
            rules = rules.withNotBefore(time(args.get("start-after").orElse("")));
        }
        if (args.has("too-many-errors")) {
            rules = rules.withTooMany(
                    Units.number("too-many-errors", args.get("too-many-errors").orElse("")));
        }
        return args.has("label") ? rules.withLabels(LabelCommand.labels(args.all("label"))) : rules;
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

    static Map<String, String> environment(Arguments args) {
        var out = new HashMap<>(CapturedEnvironment.of(System.getenv()));
        for (var e : args.all("env")) {
            var equals = e.indexOf('=');
            if (equals == 0) {
                throw new UsageException("a variable is NAME=VALUE: " + e);
            }
            if (equals > 0) {
                out.put(e.substring(0, equals), e.substring(equals + 1));
            } else {
                var value = System.getenv(e);
                out.put(e, value == null ? "" : value);
            }
        }
        return out;
    }

    static Needs needs(Arguments args) {
        var needs = Needs.ONE_CPU;
        if (args.has("cpus")) {
            needs = needs.withCpu(Units.cpuMilli(args.get("cpus").orElse("")));
        }
        if (args.has("memory")) {
            needs = needs.withMemory(Units.size(args.get("memory").orElse("")));
        }
        if (args.has("pool")) {
            needs = needs.withPool(words(args.all("pool")));
        }
        if (args.has("tag")) {
            needs = needs.withTags(words(args.all("tag")));
        }
        var limited = needs.withLimits(limits(args));
        return (args.has("gpus") ? limited.withGpus(gpus(args)) : limited)
                .withHosts(args.get("host").orElse(""))
                .withPlatform(args.get("platform").orElse(""));
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

    static TaskOptions taskOptions(Arguments args) {
        var options = TaskOptions.NONE;
        if (args.has("grace")) {
            options = options.withGrace(Units.duration(args.get("grace").orElse("")));
        }
        if (args.has("timeout")) {
            options = options.withTimeout(Units.duration(args.get("timeout").orElse("")));
        }
        if (args.has("retries")) {
            options = options.withRetries(
                    Units.number("retries", args.get("retries").orElse("")));
        }
        if (args.has("retry-delay")) {
            options = options.withRetryDelay(
                    Units.duration(args.get("retry-delay").orElse("")));
        }
        if (args.has("fail-on")) {
            options = options.withFailOn(
                    Units.number("fail-on", args.get("fail-on").orElse("")));
        }
        if (args.has("licence-exit")) {
            options = options.withLicenceExits(words(args.all("licence-exit")).stream()
                    .map(code -> Units.number("an exit code", code))
                    .toList());
        }
        if (args.has("least")) {
            options = options.withLeast(Units.duration(args.get("least").orElse("")));
        }
        if (args.has("stall")) {
            options = options.withStall(Units.duration(args.get("stall").orElse("")));
        }
        if (args.has("on-lost")) {
            options = options.withOnLost(onLost(args.get("on-lost").orElse("")));
        }
        if (args.has("exclusive")) {
            options = options.withExclusive();
        }
        if (args.has("io")) {
            options = options.withIoPaths(args.all("io"));
        }
        return streams(args, options);
    }

    /// Where it reads and writes.
    private static TaskOptions streams(Arguments args, TaskOptions given) {
        if (args.has("stdin") && args.has("pipe-from")) {
            throw new UsageException("standard input comes from one place: --stdin or --pipe-from");
        }
        var options = given;
        if (args.has("stdin")) {
            var from = args.get("stdin").orElse("");
            options = from.equals("-") ? options.withStdinBytes(piped()) : options.withStdinFile(from);
        }
        if (args.has("pipe-from")) {
            var from = Arguments.ids(args.all("pipe-from"));
            if (from.size() != 1) {
                throw new UsageException("--pipe-from takes one task");
            }
            options = options.withPipeFrom(from.getFirst().value());
        }
        if (args.has("stdout")) {
            options = options.withStdout(args.get("stdout").orElse(""));
        }
        return args.has("stderr") ? options.withStderr(args.get("stderr").orElse("")) : options;
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
