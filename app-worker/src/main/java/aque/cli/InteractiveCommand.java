package aque.cli;

import aque.local.UserFolders;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.SyntaxError;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.TerminalBuilder;

/// `aque shell`: the commands without `aque` before them, over one connection, with completion, a history that stays,
/// and
/// what happens in the farm told above the prompt. Where the input is no terminal its lines are commands.
final class InteractiveCommand {
    private static final List<String> WAYS_OUT = List.of("exit", "quit");

    private InteractiveCommand() {}

    static int run(Shell shell, List<String> typed) throws IOException {
        Arguments.anywhere(typed, Arguments.options());
        shell.database();
        return System.console() != null && System.console().isTerminal() ? typed(shell) : piped(shell);
    }

    /// Ends with the code of the last command, at the first that is wrong goes on: as a shell does.
    private static int piped(Shell shell) throws IOException {
        var code = Exit.DONE;
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            var words = words(shell, line);
            if (words.size() == 1 && WAYS_OUT.contains(words.getFirst())) {
                break;
            }
            if (!words.isEmpty()) {
                code = execute(shell, words);
            }
        }
        return code;
    }

    private static int typed(Shell shell) throws IOException {
        var folder = Files.createDirectories(UserFolders.ofEnvironment().data());
        try (var terminal = TerminalBuilder.builder().system(true).build();
                var news = new News(shell)) {
            var reader = LineReaderBuilder.builder()
                    .terminal(terminal)
                    .parser(parser())
                    .completer(new CommandCompleter(news::ids))
                    .variable(LineReader.HISTORY_FILE, folder.resolve("shell-history"))
                    .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                    .build();
            news.tell(reader::printAbove);
            shell.say("commands as after `aque`; `help`, `exit`");
            while (true) {
                try {
                    var words = words(shell, reader.readLine("aque> "));
                    if (words.size() == 1 && WAYS_OUT.contains(words.getFirst())) {
                        return Exit.DONE;
                    }
                    if (!words.isEmpty()) {
                        execute(shell, words);
                    }
                } catch (UserInterruptException e) {
                    continue; // Ctrl-C empties the line
                } catch (EndOfFileException e) {
                    return Exit.DONE;
                }
            }
        }
    }

    private static DefaultParser parser() {
        var parser = new DefaultParser();
        parser.setEofOnUnclosedQuote(true);
        return parser;
    }

    private static List<String> words(Shell shell, String line) {
        if (line.isBlank() || line.startsWith("#")) {
            return List.of();
        }
        try {
            var words = new ArrayList<>(parser().parse(line, 0).words());
            words.removeIf(String::isEmpty);
            if (!words.isEmpty() && words.getFirst().equals("aque")) {
                words.removeFirst();
            }
            return words;
        } catch (SyntaxError e) {
            shell.say(String.valueOf(e.getMessage()));
            return List.of();
        }
    }

    private static int execute(Shell shell, List<String> words) {
        var code = words.getFirst().equals("shell")
                ? Exit.DONE
                : AqueMain.guarded(shell.err(), () -> Commands.run(shell, words));
        shell.out().flush();
        return code;
    }
}
