package aque.cli;

import aque.broker.Broker;
import aque.farm.ActionStore;
import aque.farm.ActionView;
import aque.task.TaskId;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;

/// The commands that change tasks: what changed, one line each; 0, or 1 when nothing could be.
final class ActionCommands {
    private static final Map<String, Integer> SIGNALS = Map.ofEntries(
            Map.entry("HUP", 1),
            Map.entry("INT", 2),
            Map.entry("QUIT", 3),
            Map.entry("KILL", 9),
            Map.entry("USR1", 10),
            Map.entry("USR2", 12),
            Map.entry("TERM", 15),
            Map.entry("CONT", 18),
            Map.entry("STOP", 19),
            Map.entry("TSTP", 20),
            Map.entry("WINCH", 28));

    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final int MOST = 500;

    private ActionCommands() {}

    static int kill(Shell shell, List<String> typed) {
        var args = Arguments.anywhere(
                typed,
                Arguments.options(
                        Arguments.value('s', "signal", "SIG", "send this signal once, nothing else"),
                        Arguments.value("grace", "TIME", "begin after so long; `aque undo` takes it back until then"),
                        why(),
                        Preview.option(),
                        Arguments.flag('r', "recursive", "also what comes before, unless something else needs it")));
        var ids = existing(shell, args);
        if (args.has("recursive")) {
            ids = shell.broker().withUpstream(ids);
        }
        if (args.has("dry-run")) {
            return Preview.ofStop(shell, ids, true);
        }
        var broker = broker(shell, args);
        if (args.has("signal")) {
            var number = signal(args.get("signal").orElse(""));
            return report(shell, "signalled", broker.signal(number, ids));
        }
        var grace = args.get("grace").map(Units::duration).orElse(Duration.ZERO);
        if (grace.isPositive()) {
            var asked = broker.killAfter(grace, ids);
            asked.ifPresent(request ->
                    request.ids().forEach(id -> shell.out().println(id + " stops in " + grace.toSeconds() + " s")));
            return nothing(shell, asked.isEmpty(), ids);
        }
        var stopped = broker.kill(ids);
        stopped.stopping().forEach(id -> shell.out().println(id + " stopping"));
        stopped.cancelled().forEach(id -> shell.out().println(id + " cancelled"));
        return nothing(shell, stopped.nothing(), ids);
    }

    private static int signal(String text) {
        var name = text.startsWith("SIG") ? text.substring(3) : text;
        var number = name.matches("[0-9]{1,2}") ? Integer.valueOf(name) : SIGNALS.get(name);
        if (number == null || number < 1 || number > 64) {
            throw new UsageException("no signal " + text);
        }
        return number;
    }

    static int cancel(Shell shell, List<String> typed) {
        var args = Arguments.anywhere(
                typed,
                Arguments.options(
                        why(), Preview.option(), Arguments.flag('r', "recursive", "also everything that comes after")));
        var ids = new ArrayList<>(existing(shell, args));
        if (args.has("recursive")) {
            ids.addAll(new ActionStore(shell.database()).after(ids));
        }
        if (args.has("dry-run")) {
            return Preview.ofStop(shell, ids, false);
        }
        var stopped = broker(shell, args).cancel(ids);
        stopped.cancelled().forEach(id -> shell.out().println(id + " cancelled"));
        return nothing(shell, stopped.nothing(), ids);
    }

    static int requeue(Shell shell, List<String> typed) {
        var args = Arguments.anywhere(typed, Arguments.options(why()));
        var workers = new ArrayList<String>();
        var ids = new ArrayList<String>();
        args.words().forEach(w -> (w.matches("[0-9 ,]+") ? ids : workers).add(w));
        var tasks = new ArrayList<>(Arguments.ids(ids));
        shell.tasks(tasks);
        if (args.words().isEmpty()) {
            throw new UsageException("which task or worker? give at least one");
        }
        tasks.addAll(new ActionStore(shell.database()).runningOn(workers));
        return report(shell, "requeued", broker(shell, args).requeue(tasks));
    }

    static int hold(Shell shell, List<String> typed) {
        return act(shell, typed, "held", (b, ids) -> b.hold(ids));
    }

    static int release(Shell shell, List<String> typed) {
        return act(shell, typed, "released", (b, ids) -> b.release(ids));
    }

    static int suspend(Shell shell, List<String> typed) {
        return act(shell, typed, "suspended", (b, ids) -> b.suspend(ids));
    }

    static int resume(Shell shell, List<String> typed) {
        return act(shell, typed, "resumed", (b, ids) -> b.resume(ids));
    }

    static int done(Shell shell, List<String> typed) {
        return act(shell, typed, "marked done", (b, ids) -> b.markDone(ids));
    }

    static int drop(Shell shell, List<String> typed) {
        return act(shell, typed, "waits no longer", (b, ids) -> b.dropDependencies(ids));
    }

    static int needs(Shell shell, List<String> typed) {
        var args = Arguments.anywhere(
                typed,
                Arguments.options(
                        Arguments.value("cpus", "N", "cores for the next attempt"),
                        Arguments.value("memory", "SIZE", "memory for the next attempt"),
                        why()));
        var ids = existing(shell, args);
        if (!args.has("cpus") && !args.has("memory")) {
            throw new UsageException("needs: say --cpus N, --memory SIZE or both");
        }
        var cpus = args.get("cpus").map(Units::cpuMilli).map(OptionalInt::of).orElseGet(OptionalInt::empty);
        var memory = args.get("memory").map(Units::size).map(OptionalLong::of).orElseGet(OptionalLong::empty);
        return report(shell, "needs changed", broker(shell, args).changeNeeds(cpus, memory, ids));
    }

    /// Takes back the last thing that this person did from here.
    static int undo(Shell shell, List<String> typed) {
        if (!typed.isEmpty()) {
            throw new UsageException("undo takes nothing: it takes the last action back");
        }
        var undone = shell.broker().undoLast();
        undone.ifPresent(u -> shell.out().println("undone: " + u.verb() + ", " + u.tasks() + " tasks as before"));
        if (undone.isEmpty()) {
            shell.say("nothing to take back");
        }
        return undone.isPresent() && undone.get().tasks() > 0 ? Exit.DONE : Exit.FAILED;
    }

    /// A line for all to see, on a task, a job or, by its name, a worker.
    static int note(Shell shell, List<String> typed) {
        var words = Arguments.anywhere(typed, new Options()).words();
        if (words.size() < 2) {
            throw new UsageException("note ID|WORKER TEXT");
        }
        var text = String.join(" ", words.subList(1, words.size()));
        var id = TaskId.parse(words.getFirst());
        if (id.isPresent()) {
            shell.tasks(List.of(id.get()));
        }
        int n = id.isPresent()
                ? shell.broker().note(text, List.of(id.get()))
                : shell.broker().noteWorkers(text, List.of(words.getFirst()));
        shell.out().println(words.getFirst() + " noted");
        return n > 0 ? Exit.DONE : Exit.FAILED;
    }

    /// Who did what, when, from where and why; the newest last.
    static int history(Shell shell, List<String> typed) {
        var words = Arguments.anywhere(typed, new Options()).words();
        var store = new ActionStore(shell.database());
        var ids = Arguments.ids(words);
        shell.tasks(ids);
        var all = ids.isEmpty()
                ? store.latest(MOST)
                : ids.stream().flatMap(id -> store.of(id, MOST).stream()).toList();
        for (var action : all.reversed()) {
            shell.out().println(line(action));
        }
        return Exit.DONE;
    }

    private static String line(ActionView action) {
        var out = new StringBuilder(WHEN.format(action.at().atZone(ZoneId.systemDefault())))
                .append("  ")
                .append(action.actor())
                .append("  ")
                .append(action.verb());
        if (!action.args().isEmpty() && !action.verb().equals("submit")) {
            out.append(' ').append(action.args());
        }
        out.append("  ")
                .append(action.what())
                .append(" (")
                .append(action.tasks())
                .append(')');
        if (!action.place().isEmpty()) {
            out.append("  from ").append(action.place());
        }
        return action.why().isEmpty()
                ? out.toString()
                : out.append("  because ").append(action.why()).toString();
    }

    static Option why() {
        return Arguments.value("why", "TEXT", "the reason, for the history and the owner");
    }

    static Broker broker(Shell shell, Arguments args) {
        return args.get("why").map(shell.broker()::because).orElseGet(shell::broker);
    }

    static int priority(Shell shell, List<String> typed) {
        var args = Arguments.anywhere(typed, Arguments.options(why()));
        if (args.words().size() < 2) {
            throw new UsageException("priority N ID…");
        }
        var n = Units.number("the priority", args.words().getFirst());
        var ids = Arguments.ids(args.words().subList(1, args.words().size()));
        shell.tasks(ids);
        return report(shell, "priority " + n, broker(shell, args).priority(n, ids));
    }

    private static int act(
            Shell shell, List<String> typed, String done, BiFunction<Broker, Collection<TaskId>, List<TaskId>> action) {
        var args = Arguments.anywhere(typed, Arguments.options(why()));
        return report(shell, done, action.apply(broker(shell, args), existing(shell, args)));
    }

    private static List<TaskId> existing(Shell shell, Arguments args) {
        var ids = args.someIds();
        shell.tasks(ids);
        return ids;
    }

    static int report(Shell shell, String done, List<TaskId> changed) {
        changed.forEach(id -> shell.out().println(id + " " + done));
        return nothing(shell, changed.isEmpty(), List.of());
    }

    private static int nothing(Shell shell, boolean nothing, List<TaskId> ids) {
        if (!nothing) {
            return Exit.DONE;
        }
        shell.say("nothing to change"
                + (ids.isEmpty()
                        ? ""
                        : ": "
                                + String.join(
                                        " ", ids.stream().map(TaskId::toString).toList())));
        return Exit.FAILED;
    }
}
