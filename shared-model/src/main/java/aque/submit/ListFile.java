package aque.submit;

import aque.openjd.ParameterDefinition;
import aque.schedule.Needs;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Text that is a list of tasks: a shell command on each line of a `.txt`, a set of values in each row of a `.csv`.
final class ListFile {
    /// A value's place in a command.
    private static final Pattern COLUMN = Pattern.compile("\\{([^{}]+)}");

    private ListFile() {}

    /// One task a line, run by the shell. Empty lines and those that begin with `#` are left out.
    static Offer commands(Path file) {
        return new Offer(name(file), "shell list", List.of(), Map.of(), values -> {
            var tasks = new ArrayList<NewTask>();
            for (var line : lines(file)) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    tasks.add(task(line, List.of("sh", "-c", line), Map.of()));
                }
            }
            return submission(file, tasks, values);
        });
    }

    /// One task a row (a wedge). The command is what the parameter `Command` says, cut into words as a shell
    /// would; `{column}` stands for the row's value; the values are in its environment too.
    static Offer rows(Path file) {
        var asked = ParameterDefinition.line("Command", "for each row; {column} stands for its value");
        return new Offer(name(file), "CSV wedge", List.of(asked), Map.of(), values -> {
            var command = Optional.ofNullable(values.parameters().get("Command"))
                    .filter(c -> !c.isBlank())
                    .orElseThrow(() -> new SubmitException(
                            file + ": which command for each row? give it, with {column} for a value: -p Command=…"));
            var tasks = new ArrayList<NewTask>();
            for (var row : table(file)) {
                tasks.add(task(
                        String.join(
                                " ",
                                row.entrySet().stream()
                                        .map(e -> e.getKey() + "=" + e.getValue())
                                        .toList()),
                        words(command, row),
                        row));
            }
            return submission(file, tasks, values);
        });
    }

    /// A row's values come into the words as they are; no shell reads them again.
    private static List<String> words(String command, Map<String, String> row) {
        var out = new ArrayList<String>();
        for (var word : new ArgLines(false, Optional.empty(), Optional.empty(), Optional.empty())
                .commands(List.of(), command)
                .getFirst()) {
            out.add(COLUMN.matcher(word)
                    .replaceAll(m -> Matcher.quoteReplacement(row.getOrDefault(m.group(1), m.group()))));
        }
        if (out.isEmpty()) {
            throw new SubmitException("the command for each row is empty");
        }
        return out;
    }

    private static List<Map<String, String>> table(Path file) {
        var rows = rowsOf(file);
        if (rows.size() < 2) {
            throw new SubmitException(file + ": a table has a line of names and at least one row");
        }
        var names = names(file, rows.getFirst());
        var out = new ArrayList<Map<String, String>>();
        for (var row : rows.subList(1, rows.size())) {
            if (row.cells().size() != names.size()) {
                throw new SubmitException(file + ":" + row.line() + ": a row of "
                        + row.cells().size() + " for " + names.size() + " columns");
            }
            out.add(named(names, row.cells()));
        }
        return out;
    }

    private static List<CsvReader.Row> rowsOf(Path file) {
        try {
            return CsvReader.rows(text(file));
        } catch (SubmitException e) {
            throw new SubmitException(
                    e.problems().stream().map(p -> file + ":" + p).toList());
        }
    }

    private static List<String> names(Path file, CsvReader.Row row) {
        var seen = new HashSet<String>();
        for (var name : row.cells()) {
            if (!name.isEmpty() && !seen.add(name)) {
                throw new SubmitException(file + ":" + row.line() + ": two columns have the name " + name);
            }
        }
        return row.cells();
    }

    /// What stands under no name is nobody's: spreadsheets leave empty columns behind.
    private static Map<String, String> named(List<String> names, List<String> cells) {
        var out = new LinkedHashMap<String, String>();
        for (var c = 0; c < names.size(); c++) {
            if (!names.get(c).isEmpty()) {
                out.put(names.get(c), cells.get(c));
            }
        }
        return out;
    }

    private static NewTask task(String name, List<String> argv, Map<String, String> environment) {
        var words = name.replaceAll("\\s+", " ").strip();
        var line = words.length() <= 200 ? words : words.substring(0, 199) + "…";
        return new NewTask(
                line, new Work.Command(argv), 0, List.of(), Needs.ONE_CPU, 0, TaskOptions.NONE.withEnv(environment));
    }

    private static Submission submission(Path file, List<NewTask> tasks, Offer.Values values) {
        if (tasks.isEmpty()) {
            throw new SubmitException(file + ": holds no task");
        }
        var all = new ArrayList<NewTask>();
        all.add(NewTask.group(name(file), -1, List.of()));
        all.addAll(tasks);
        return Submission.of(name(file), values.owner(), values.cwd(), all);
    }

    private static List<String> lines(Path file) {
        return text(file).lines().toList();
    }

    private static String text(Path file) {
        try {
            var text = Files.readString(file);
            // Spreadsheets write a mark of the byte order, which is no part of the first name.
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new SubmitException(file + ": is no UTF-8 text");
        } catch (IOException e) {
            throw new SubmitException(file + ": may not be read: " + e.getMessage());
        }
    }

    static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
