package aque.cli;

import aque.submit.Offers;
import aque.task.TaskId;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.cli.HelpFormatter;

/// `aque submit`: a command, or a path that becomes a job. Prints the id and nothing else.
final class SubmitCommand {
    private SubmitCommand() {}

    static void describeOptions(String command, PrintStream out) {
        if (!List.of("submit", "run").contains(command)) {
            return;
        }
        var formatter = new HelpFormatter();
        var writer = new java.io.PrintWriter(out);
        formatter.printOptions(writer, 100, SubmitOptions.options(), 2, 2);
        writer.flush();
    }

    static int submit(Shell shell, List<String> typed) {
        var args = arguments(typed);
        if (args.has("parent")) {
            return join(shell, args);
        }
        var submitted = Order.of(shell, args).waiting(shell, args).send(shell);
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
        var submission = Order.of(shell, args).waiting(shell, args).submission();
        if (args.has("by-frame") || args.has("dep-file")) {
            throw new UsageException("a task that joins a group waits for whole tasks; then `aque dep add` adds more");
        }
        if (args.has("key") || args.has("priority") || args.has("hold")) {
            throw new UsageException("a task that joins a group has the key, priority and hold of its job");
        }
        var group = Arguments.ids(args.all("parent"));
        if (group.size() != 1) {
            throw new UsageException("--parent takes one group");
        }
        shell.broker()
                .extend(group.getFirst(), submission)
                .forEach(id -> shell.out().println(id));
        return Exit.DONE;
    }

    /// Options stand before the words; but a template or a folder is no program, so options may follow it too.
    static Arguments arguments(List<String> typed) {
        var args = Arguments.leading(typed, SubmitOptions.options());
        if (args.dashes() || args.words().size() < 2 || !isTemplate(args.words().getFirst())) {
            return args;
        }
        var first = typed.size() - args.words().size();
        var turned = new ArrayList<>(typed.subList(0, first));
        turned.addAll(typed.subList(first + 1, typed.size()));
        turned.add(typed.get(first));
        var again = Arguments.leading(turned, SubmitOptions.options());
        if (again.words().size() > 1) {
            throw new UsageException("one template at a time: " + String.join(" ", again.words()));
        }
        return again;
    }

    private static boolean isTemplate(String word) {
        return Offers.isTemplate(Path.of(word)) || Files.isDirectory(Path.of(word));
    }
}
