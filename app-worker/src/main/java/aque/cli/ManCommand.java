package aque.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// `aque man [COMMAND]`: its manual page for man(1), `aque man submit | man -l -`; with `--to DIR` all of them as
/// files.
final class ManCommand {
    private ManCommand() {}

    static int run(Shell shell, List<String> typed) throws IOException {
        var args = Arguments.anywhere(
                typed, Arguments.options(Arguments.value("to", "DIR", "write all pages into this folder")));
        if (args.has("to")) {
            var folder = Files.createDirectories(Path.of(args.get("to").orElse("")));
            Files.writeString(folder.resolve("aque.1"), page(Optional.empty()));
            for (var command : Commands.all()) {
                Files.writeString(folder.resolve("aque-" + command.name() + ".1"), page(Optional.of(command)));
            }
            return Exit.DONE;
        }
        var named = args.words().stream()
                .findFirst()
                .map(w -> Commands.named(w).orElseThrow(() -> new UsageException("no command " + w)));
        shell.out().print(page(named));
        return Exit.DONE;
    }

    static String page(Optional<Command> of) {
        var title = of.map(c -> "aque-" + c.name()).orElse("aque");
        var out = new StringBuilder();
        out.append(".TH ")
                .append(title.toUpperCase(Locale.ROOT))
                .append(" 1 \"\" \"")
                .append(text(Version.text()))
                .append("\" \"Aque\"\n.SH NAME\n")
                .append(text(title))
                .append(" \\- ")
                .append(text(of.map(Command::summary).orElse("a render farm of one program and a PostgreSQL server")))
                .append("\n.SH SYNOPSIS\n.B aque ")
                .append(text(of.map(Command::form).orElse("[--broker URL] COMMAND …")))
                .append('\n');
        if (of.isPresent()) {
            options(out, of.get());
        } else {
            commands(out);
        }
        return out.append(END).toString();
    }

    private static void options(StringBuilder out, Command command) {
        if (command.described().isEmpty()) {
            return;
        }
        out.append(".SH OPTIONS\n");
        for (var option : command.described()) {
            var letter = option.getOpt() == null ? "" : "-" + option.getOpt() + ", ";
            var value = option.hasArg() ? " " + option.getArgName() : "";
            out.append(".TP\n.B ")
                    .append(text(letter + "--" + option.getLongOpt() + value))
                    .append('\n')
                    .append(text(option.getDescription()))
                    .append('\n');
        }
    }

    private static void commands(StringBuilder out) {
        out.append(".SH COMMANDS\n");
        for (var command : Commands.all()) {
            out.append(".TP\n.B ")
                    .append(text(command.form()))
                    .append('\n')
                    .append(text(command.summary()))
                    .append('\n');
        }
    }

    /// As troff takes it: hyphens as they are, no request at the start of a line.
    private static String text(String plain) {
        var safe = plain.replace("\\", "\\e").replace("-", "\\-").replace("…", "...");
        return safe.startsWith(".") || safe.startsWith("'") ? "\\&" + safe : safe;
    }

    private static final String END = """
            .SH EXIT STATUS
            0 done, 1 it ran and did not succeed, 2 the call or its input is wrong, 3 refused, 69 the broker cannot be
            reached, 124 timed out.
            .SH ENVIRONMENT
            .TP
            .B AQUE_BROKER
            the broker, postgresql://user@host:port/db; without it the user's own server is used
            .TP
            .B AQUE_SITE AQUE_SHOW AQUE_QUEUE
            folders with templates and an environment list, from the widest to the nearest
            .SH SEE ALSO
            .B aque help
            """;
}
