package aque.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// All commands, and the choice among them.
final class Commands {
    private static final List<Command> ALL = List.of(
            new Command(
                    "submit",
                    "submit [options] [--] CMD ARG… | PATH",
                    "submits a command, a template, a bundle or a script; prints its id",
                    SubmitCommand::submit),
            new Command(
                    "run",
                    "run [options] [--] CMD ARG… | PATH",
                    "submits, follows the output, ends with the task's exit code",
                    RunCommand::run),
            new Command("check", "check PATH…", "validates templates without submitting", CheckCommand::run),
            new Command(
                    "xargs",
                    "xargs [-0] [-a FILE] [-I R] [-L N] [-n N] [-P N] [--] CMD…",
                    "one task for each list of arguments; prints the group's id",
                    XargsCommand::run),
            new Command(
                    "map",
                    "map [-P N] [--] CMD… ::: ITEM…",
                    "one task for each item, behind ::: or a line of stdin; prints the group's id",
                    MapCommand::run),
            new Command(
                    "reduce",
                    "reduce [--initial VALUE] ID… -- CMD…",
                    "one task that reads the results of others, a line of JSON each",
                    ReduceCommand::run),
            new Command(
                    "status", "status [--json] [--watch] [ID…]", "what jobs and tasks are doing", StatusCommand::run),
            new Command("why", "why [--json] ID…", "why a task is not running", WhyCommand::run),
            new Command(
                    "wait",
                    "wait [--timeout 200s] [--results] ID…",
                    "until they have ended: 0 all success, 1 not, 124 timed out",
                    WaitCommand::run),
            new Command(
                    "output",
                    "output [-f] [--channel NAME] [--raw] ID…",
                    "what tasks wrote, byte for byte",
                    OutputCommand::run),
            new Command(
                    "kill",
                    "kill [-s SIG] [-r] [--grace TIME] [--dry-run] ID…",
                    "stops what runs, cancels what has not started",
                    ActionCommands::kill),
            new Command(
                    "cancel", "cancel [-r] [--dry-run] ID…", "cancels what has not started", ActionCommands::cancel),
            new Command(
                    "retry",
                    "retry [-s] [-r] [--dry-run] ID… | JOB/STEP:1013,1020-1025",
                    "runs ended tasks again, same id; frames of a chunk as a new task",
                    RetryCommand::run),
            new Command(
                    "requeue", "requeue ID|WORKER…", "takes running tasks back to pending", ActionCommands::requeue),
            new Command("hold", "hold ID…", "lets nothing more of these start", ActionCommands::hold),
            new Command("release", "release ID…", "lets held tasks start", ActionCommands::release),
            new Command("suspend", "suspend ID…", "stops running tasks where they are", ActionCommands::suspend),
            new Command("resume", "resume ID…", "lets suspended tasks go on", ActionCommands::resume),
            new Command("priority", "priority N ID…", "larger goes first, 1000 is usual", ActionCommands::priority),
            new Command(
                    "dep",
                    "dep [add|drop|continue] [--by-frame [--frame-offset N] [--frame-window N]] ID [UP…]",
                    "what a task waits for; adds to it, takes from it",
                    DepCommand::run),
            new Command("done", "done ID…", "counts these as ended in success", ActionCommands::done),
            new Command("drop", "drop ID…", "drops the dependencies that these wait for", ActionCommands::drop),
            new Command(
                    "needs",
                    "needs [--cpus N] [--memory SIZE] ID…",
                    "changes what the next attempts need",
                    ActionCommands::needs),
            new Command("undo", "undo", "takes your last action from here back", ActionCommands::undo),
            new Command(
                    "label",
                    "label ID… [NAME=VALUE…]",
                    "what jobs are of: show, shot, version, due",
                    LabelCommand::run),
            new Command("note", "note ID|WORKER TEXT", "leaves a line for all to see", ActionCommands::note),
            new Command("history", "history [ID…]", "who did what, when, from where and why", ActionCommands::history),
            new Command(
                    "limit", "limit [--per-host] [NAME N]", "what the whole farm may use at once", LimitCommand::run),
            new Command(
                    "share",
                    "share [NAME [--weight N] [--cpus N] [--top-priority N] [--off]]",
                    "how much of the farm groups and owners have",
                    ShareCommand::run),
            new Command(
                    "path",
                    "path [P | NAME [--linux FOLDER] [--windows FOLDER] [--macos FOLDER] [--off]]",
                    "the farm's folders on each platform, and what a path is there",
                    PathCommand::run),
            new Command(
                    "policy",
                    "policy [--json] [add [--if KEY=GLOB]… LAYER NAME=VALUE… | rm NUMBER…]",
                    "what jobs get when they are submitted: priorities, groups, pools, limits, steps behind",
                    PolicyCommand::run),
            new Command(
                    "rm",
                    "rm [-e] [-s] [-k] [-p] [-c] [-a] [-x] [--results] ID…",
                    "removes ended jobs",
                    RemoveCommand::run),
            new Command(
                    "worker",
                    "worker [--cpus N] [--memory SIZE] [--one|--to-end] [--name NAME]",
                    "works until told",
                    WorkerCommand::run),
            new Command(
                    "workers",
                    "workers [--json] | workers log NAME | workers set [--pool NAMES] [--tag NAMES] [--cpus N] [--hours H]"
                            + " [--idle-after D] GLOB… | workers reload|stop GLOB…",
                    "the farm's workers, and what the farm says of them",
                    WorkersCommand::run),
            new Command("drain", "drain [--by TIME] GLOB…", "lets workers take no more work", WorkersCommand::drain),
            new Command("undrain", "undrain GLOB…", "lets drained workers work again", WorkersCommand::undrain),
            new Command(
                    "aside",
                    "aside [--note TEXT] GLOB…",
                    "sets workers aside until undrained, restarts included",
                    WorkersCommand::aside),
            new Command("desktop", "desktop", "opens the console", DesktopCommand::run),
            new Command("demo", "demo", "renders a small film, to see Aque do its work", DemoCommand::run),
            new Command(
                    "retention",
                    "retention [--export FOLDER] [--now] [logs=30d] [usage=TIME] [jobs=TIME|ever]",
                    "how long the farm keeps what has ended",
                    RetentionCommand::run),
            new Command("import", "import FILE…", "puts exported logs back", ImportCommand::run),
            new Command("doctor", "doctor [--json]", "what is wrong with this machine's set-up", DoctorCommand::run),
            new Command(
                    "init",
                    "init [--roles [--group NAMES]]",
                    "brings the broker's schema to head; --roles makes it a shared farm",
                    InitCommand::run),
            new Command(
                    "outputs",
                    "outputs [--json] [-v] JOB…",
                    "the files that jobs must leave: expected, found, short, missing, late",
                    OutputsCommand::run),
            new Command(
                    "report",
                    "report [--fps N] [--json] JOB…",
                    "frames, timecode and time of each step, shot and sequence",
                    ReportCommand::run),
            new Command(
                    "stats",
                    "stats [--since 7d] [--by host|group|day] [--json]",
                    "what the farm did: ends, time worked and wasted, waits",
                    StatsCommand::run),
            new Command(
                    "shell",
                    "shell",
                    "the commands at a prompt, with completion, history and news",
                    InteractiveCommand::run),
            new Command(
                    "completion",
                    "completion bash|zsh|fish",
                    "a script that completes commands",
                    CompletionCommand::run),
            new Command("man", "man [--to DIR] [COMMAND]", "manual pages for man(1)", ManCommand::run),
            new Command("templates", "templates [--json] [NAME…]", "the library of templates", TemplatesCommand::run),
            new Command("stop", "stop", "ends the embedded server and its worker", StopCommand::run));

    private Commands() {}

    static int run(Shell shell, List<String> args) throws Exception {
        if (args.isEmpty() || List.of("help", "--help", "-h").contains(args.getFirst())) {
            return help(shell, args);
        }
        var word = args.getFirst();
        if (word.equals("--version")) {
            shell.out().println(Version.text());
            return Exit.DONE;
        }
        if (word.equals("--wait")) {
            return WaitCommand.run(shell, args.subList(1, args.size()));
        }
        var command = named(word);
        if (command.isPresent()) {
            var rest = args.subList(1, args.size());
            if (rest.equals(List.of("--help"))) {
                return help(shell, List.of("help", word));
            }
            return command.get().body().run(shell, rest);
        }
        if (!word.startsWith("-")) {
            closeTo(word).ifPresent(c -> {
                throw new UsageException("no command " + word + ", did you mean `aque " + c
                        + "`? (a task of that name: `aque submit -- " + word + "`)");
            });
        }
        return SubmitCommand.submit(shell, args);
    }

    static List<Command> all() {
        return ALL;
    }

    static Optional<Command> named(String word) {
        return ALL.stream().filter(c -> c.name().equals(word)).findFirst();
    }

    /// A word so close to a command's name that it is more likely a slip than a task: one letter from it, or two from
    /// a longer one. Nothing that is a program here is a slip: `node`, `top` and `mac` are what people run.
    static Optional<String> closeTo(String word) {
        return word.contains("/") || onPath(word)
                ? Optional.empty()
                : atDistance(1, 1, word).or(() -> atDistance(2, 5, word));
    }

    private static Optional<String> atDistance(int distance, int shortest, String word) {
        return ALL.stream()
                .map(Command::name)
                .filter(name -> name.length() >= shortest && Distance.between(word, name) == distance)
                .findFirst();
    }

    private static boolean onPath(String word) {
        var path = System.getenv("PATH");
        for (var dir : (path == null ? "" : path).split(":")) {
            if (!dir.isEmpty() && Files.isExecutable(Path.of(dir, word))) {
                return true;
            }
        }
        return false;
    }

    private static int help(Shell shell, List<String> args) {
        var out = shell.out();
        if (args.size() > 1) {
            var c = named(args.get(1)).orElseThrow(() -> new UsageException("no command " + args.get(1)));
            out.println("aque " + c.form() + "\n  " + c.summary());
            SubmitCommand.describeOptions(c.name(), out);
            return Exit.DONE;
        }
        out.println("aque [--broker URL] COMMAND …     (aque CMD… is short for aque submit CMD…)\n");
        ALL.forEach(c -> out.printf("  %-10s %s%n", c.name(), c.summary()));
        out.println("\n"
                + "  aque help COMMAND shows how it is called. Without --broker or AQUE_BROKER your own server"
                + " is used.");
        return Exit.DONE;
    }
}
