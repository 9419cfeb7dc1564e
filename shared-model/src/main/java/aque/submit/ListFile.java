package aque.submit;

import aque.openjd.ParameterDefinition;
import aque.schedule.Needs;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Text that is a list of tasks: a shell command on each line of a `.txt`, a set of values in each row of a `.csv`.
final class ListFile {
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
            var filled = word;
            for (var value : row.entrySet()) {
                filled = filled.replace("{" + value.getKey() + "}", value.getValue());
            }
            out.add(filled);
        }
        if (out.isEmpty()) {
            throw new SubmitException("the command for each row is empty");
        }
        return out;
    }

    private static List<Map<String, String>> table(Path file) {
        var lines = lines(file).stream().filter(l -> !l.isBlank()).toList();
        if (lines.size() < 2) {
            throw new SubmitException(file + ": a table has a line of names and at least one row");
        }
        var names = cells(lines.getFirst());
        var out = new ArrayList<Map<String, String>>();
        for (var i = 1; i < lines.size(); i++) {
            var cells = cells(lines.get(i));
            if (cells.size() != names.size()) {
                throw new SubmitException(
                        file + ": row " + i + " has " + cells.size() + " values for " + names.size() + " columns");
            }
            var row = new LinkedHashMap<String, String>();
            for (var c = 0; c < names.size(); c++) {
                row.put(names.get(c), cells.get(c));
            }
            out.add(row);
        }
        return out;
    }

    /// Commas cut, quotes hold together and are doubled inside.
    static List<String> cells(String line) {
        var out = new ArrayList<String>();
        var cell = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < line.length(); i++) {
            var c = line.charAt(i);
            if (c == '"') {
                if (quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                    cell.append('"');
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (c == ',' && !quoted) {
                out.add(cell.toString().strip());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        out.add(cell.toString().strip());
        return out;
    }

    private static NewTask task(String name, List<String> argv, Map<String, String> environment) {
        var line = name.length() <= 200 ? name : name.substring(0, 199) + "…";
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
        try {
            var text = Files.readString(file);
            // Spreadsheets write a mark of the byte order, which is no part of the first name.
            return (text.startsWith("\uFEFF") ? text.substring(1) : text)
                    .lines()
                    .toList();
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
