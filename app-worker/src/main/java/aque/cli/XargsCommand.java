package aque.cli;

import aque.submit.ArgLines;
import aque.submit.NewTask;
import aque.submit.PathHints;
import aque.submit.Submission;
import aque.submit.SubmitException;
import aque.submit.Work;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `aque xargs`: one task for each argument list that GNU xargs would make, all in one group (A86, A87).
final class XargsCommand {
    private XargsCommand() {}

    static int run(Shell shell, List<String> typed) throws IOException {
        var options = SubmitOptions.options();
        options.addOption(Arguments.flag('0', "null", "items end at NUL"));
        options.addOption(Arguments.value('a', "arg-file", "FILE", "read items from FILE, not stdin"));
        options.addOption(Arguments.value('I', "replace", "R", "put each line in the place of R"));
        options.addOption(Arguments.value('L', "max-lines", "N", "at most N lines a task"));
        // -n is the number of items here, as in xargs
        options.addOption(Arguments.value('n', "max-args", "N", "at most N items a task"));
        options.addOption(Arguments.value("name", "NAME", "what people call it"));
        options.addOption(Arguments.value('P', "max-procs", "N", "at most N at once on each machine"));
        var args = Arguments.leading(typed, options);
        var command = args.words().isEmpty() ? List.of("echo") : args.words();
        if (args.get("stdin").orElse("").equals("-") && args.get("arg-file").isEmpty()) {
            throw new UsageException("standard input holds the items; give them with -a, or --stdin FILE");
        }
        var commands = cutter(args).commands(command, input(args));
        var submission = submission(args, "xargs", commands, command);
        shell.out()
                .println(new Order(submission).waiting(shell, args).send(shell).id());
        return Exit.DONE;
    }

    /// As in xargs the last of these counts alone, but for `-n 1` beside `-I`, which says the same.
    private static ArgLines cutter(Arguments args) {
        var lines = args.get("max-lines").map(n -> positive("-L", n));
        var most = args.get("max-args").map(n -> positive("-n", n));
        var same = args.has("replace") && most.equals(Optional.of(1));
        var last = args.last(same ? List.of("replace", "max-lines") : List.of("replace", "max-lines", "max-args"))
                .orElse("");
        return new ArgLines(
                args.has("null"),
                args.get("replace").filter(r -> last.equals("replace")),
                lines.filter(n -> last.equals("max-lines")),
                most.filter(n -> last.equals("max-args"))
                        .or(() -> args.has("warm") && last.isEmpty() ? Optional.of(1) : Optional.empty()));
    }

    private static int positive(String what, String text) {
        var n = Units.number(what, text);
        if (n < 1) {
            throw new UsageException(what + " must be at least 1");
        }
        return n;
    }

    /// Text in UTF-8.
    private static String input(Arguments args) throws IOException {
        var file = args.get("arg-file");
        if (file.isEmpty()) {
            return new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        }
        if (!Files.isReadable(Path.of(file.get()))) {
            throw new SubmitException(file.get() + ": there is no such file");
        }
        return Files.readString(Path.of(file.get()));
    }

    /// The words that a process which does many is not started with, but asks for.
    private static String item(List<String> words, List<String> command) {
        if (words.size() <= command.size() || !words.subList(0, command.size()).equals(command)) {
            throw new UsageException(
                    "a process that does many items has none in its words: it asks for each," + " see aque.items()");
        }
        return String.join(" ", words.subList(command.size(), words.size()));
    }

    /// One task for each of these commands, all in one group.
    static Submission submission(Arguments args, String verb, List<List<String>> commands, List<String> command) {
        var share = args.get("max-procs").map(n -> "/" + positive("-P", n)).map(Units::cpuMilli);
        var given = SubmitOptions.needs(args);
        var needs = share.map(given::withCpu).orElse(given);
        var title = args.get("name").orElse(verb + " " + CommandOrder.name(String.join(" ", command)));
        var hints = commands.stream().map(c -> SubmitOptions.hints(args, c)).toList();
        var options = SubmitOptions.options(args, PathHints.common(hints));
        var tasks = new ArrayList<NewTask>();
        tasks.add(NewTask.group(title, -1, List.of()));
        var warm = SubmitOptions.warm(args);
        for (var i = 0; i < commands.size(); i++) {
            var words = commands.get(i);
            tasks.add(new NewTask(
                    CommandOrder.name(String.join(" ", words)),
                    new Work.Command(warm.isPresent() ? command : words),
                    0,
                    List.of(),
                    needs,
                    hints.get(i).seconds(),
                    warm.map(most -> options.withItem(most, item(words, command)))
                            .orElse(options)));
        }
        return Order.withOptions(
                args,
                Submission.of(title, System.getProperty("user.name"), SubmitOptions.cwd(args), tasks)
                        .withEnvironment(SubmitOptions.environment(args)));
    }
}
