package aque.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// `aque map`: one task for each item, all in one group whose results `aque reduce` puts together. Items stand behind
/// `:::`, else they are the lines of standard input; each is one word, whatever is in it.
final class MapCommand {
    private static final String ITEMS = ":::";
    private static final String PLACE = "{}";

    private MapCommand() {}

    static int run(Shell shell, List<String> typed) throws IOException {
        var options = SubmitOptions.options();
        options.addOption(Arguments.value('P', "max-procs", "N", "at most N at once on each machine"));
        var args = Arguments.leading(typed, options);
        var at = args.words().indexOf(ITEMS);
        var command = at < 0 ? args.words() : args.words().subList(0, at);
        if (command.isEmpty()) {
            throw new UsageException("map what? aque map -- CMD ARG… ::: ITEM…");
        }
        var items =
                at < 0 ? lines(args) : args.words().subList(at + 1, args.words().size());
        if (items.isEmpty()) {
            throw new UsageException("no items: give them behind :::, or as lines of standard input");
        }
        var commands = items.stream().map(item -> with(command, item)).toList();
        var submission = XargsCommand.submission(args, "map", commands, command);
        shell.out()
                .println(new Order(submission).waiting(shell, args).send(shell).id());
        return Exit.DONE;
    }

    /// In the place of `{}`, or else as the last word.
    private static List<String> with(List<String> command, String item) {
        if (command.stream().anyMatch(word -> word.contains(PLACE))) {
            return command.stream().map(word -> word.replace(PLACE, item)).toList();
        }
        var words = new ArrayList<>(command);
        words.add(item);
        return words;
    }

    private static List<String> lines(Arguments args) throws IOException {
        if (args.get("stdin").orElse("").equals("-")) {
            throw new UsageException("standard input holds the items; give them behind :::, or --stdin FILE");
        }
        return new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }
}
