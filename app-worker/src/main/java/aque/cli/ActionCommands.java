package aque.cli;

import aque.task.TaskId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
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

    private ActionCommands() {}

    static int kill(Shell shell, List<String> typed) {
        var args = Arguments.anywhere(
                typed,
                Arguments.options(
                        Arguments.value('s', "signal", "SIG", "send this signal once, nothing else"),
                        Arguments.flag('r', "recursive", "also what comes before, unless something else needs it")));
        var ids = existing(shell, args);
        if (args.has("recursive")) {
            ids = shell.broker().withUpstream(ids);
        }
        if (args.has("signal")) {
            var number = signal(args.get("signal").orElse(""));
            return report(shell, "signalled", shell.broker().signal(number, ids));
        }
        var stopped = shell.broker().kill(ids);
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
        var ids = existing(shell, Arguments.anywhere(typed, new Options()));
        var stopped = shell.broker().cancel(ids);
        stopped.cancelled().forEach(id -> shell.out().println(id + " cancelled"));
        return nothing(shell, stopped.nothing(), ids);
    }

    static int retry(Shell shell, List<String> typed) {
        return act(shell, typed, "retried", (b, ids) -> b.retry(ids));
    }

    static int requeue(Shell shell, List<String> typed) {
        return act(shell, typed, "requeued", (b, ids) -> b.requeue(ids));
    }

    static int hold(Shell shell, List<String> typed) {
        return act(shell, typed, "held", (b, ids) -> b.hold(ids));
    }

    static int release(Shell shell, List<String> typed) {
        return act(shell, typed, "released", (b, ids) -> b.release(ids));
    }

    static int remove(Shell shell, List<String> typed) {
        return act(shell, typed, "removed", (b, ids) -> b.remove(ids));
    }

    static int priority(Shell shell, List<String> typed) {
        var args = Arguments.anywhere(typed, new Options());
        if (args.words().size() < 2) {
            throw new UsageException("priority N ID…");
        }
        var n = Units.number("the priority", args.words().getFirst());
        var ids = Arguments.ids(args.words().subList(1, args.words().size()));
        shell.tasks(ids);
        return report(shell, "priority " + n, shell.broker().priority(n, ids));
    }

    private static int act(
            Shell shell,
            List<String> typed,
            String done,
            BiFunction<aque.broker.Broker, Collection<TaskId>, List<TaskId>> action) {
        var ids = existing(shell, Arguments.anywhere(typed, new Options()));
        return report(shell, done, action.apply(shell.broker(), ids));
    }

    private static List<TaskId> existing(Shell shell, Arguments args) {
        var ids = args.someIds();
        shell.tasks(ids);
        return ids;
    }

    private static int report(Shell shell, String done, List<TaskId> changed) {
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
