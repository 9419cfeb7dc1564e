package aque.cli;

import aque.task.Edge;
import aque.task.TaskId;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.cli.Options;

/// `aque dep`: what tasks wait for, and what they shall.
final class DepCommand {
    private DepCommand() {}

    static int run(Shell shell, List<String> typed) {
        var options = new Options().addOption(ActionCommands.why());
        Waits.options().forEach(options::addOption);
        var args = Arguments.anywhere(typed, options);
        var words = args.words();
        if (words.isEmpty()) {
            throw new UsageException("dep ID, dep add ID UP…, dep drop ID UP…, or dep continue ID AS");
        }
        return switch (words.getFirst()) {
            case "add" -> add(shell, args);
            case "drop" -> drop(shell, args);
            case "continue" -> goOn(shell, args);
            default -> list(shell, words);
        };
    }

    private static int list(Shell shell, List<String> words) {
        for (var task : shell.tasks(Waits.tasks(shell, words))) {
            for (var up : shell.farm().tasks(shell.farm().upstream(task.id()))) {
                shell.out().println(up.id() + " " + up.state().word() + " " + Text.clean(up.name()));
            }
            shell.farm().filesOf(task.job()).forEach(f -> shell.out().println(f));
        }
        return Exit.DONE;
    }

    private static int add(Shell shell, Arguments args) {
        var down = downstream(shell, args);
        var up = Waits.tasks(shell, args.words().subList(2, args.words().size()));
        shell.tasks(up);
        var broker = ActionCommands.broker(shell, args);
        var waits = Waits.byFrame(args, up);
        var changed = new ArrayList<TaskId>();
        waits.forEach(w -> changed.addAll(broker.addDependencies(w, List.of(down))));
        if (waits.isEmpty()) {
            changed.addAll(broker.addDependencies(
                    up.stream().map(u -> new Edge(u, down)).toList()));
        }
        return ActionCommands.report(shell, "waits", changed.stream().distinct().toList());
    }

    private static int drop(Shell shell, Arguments args) {
        var down = downstream(shell, args);
        var broker = ActionCommands.broker(shell, args);
        var changed = new ArrayList<TaskId>();
        var tasks = new ArrayList<String>();
        for (var word : args.words().subList(2, args.words().size())) {
            Waits.file(word)
                    .ifPresentOrElse(f -> changed.addAll(broker.dropFile(f, List.of(down))), () -> tasks.add(word));
        }
        if (!tasks.isEmpty()) {
            changed.addAll(broker.dropDependencies(List.of(down), Waits.tasks(shell, tasks)));
        }
        return ActionCommands.report(
                shell, "waits no longer", changed.stream().distinct().toList());
    }

    private static int goOn(Shell shell, Arguments args) {
        if (args.words().size() != 3) {
            throw new UsageException("dep continue ID AS: which goes on as what?");
        }
        var both = Waits.tasks(shell, args.words().subList(1, 3));
        shell.tasks(both);
        ActionCommands.broker(shell, args)
                .continueAs(both.getFirst(), both.getLast())
                .forEach(id -> shell.out().println(id + " waits"));
        return Exit.DONE;
    }

    private static TaskId downstream(Shell shell, Arguments args) {
        if (args.words().size() < 3) {
            throw new UsageException("dep " + args.words().getFirst() + " ID UP…: which waits for what?");
        }
        var down = Waits.tasks(shell, args.words().subList(1, 2));
        return shell.tasks(down).getFirst().id();
    }
}
