package aque.cli;

import aque.task.TaskId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;

/// What was typed after a command's name, read by commons-cli: options first, then words. Options end at the first word
/// or at `--`, so that a task's own options stay its own.
final class Arguments {
    private final CommandLine line;
    private final List<String> words;
    private final boolean dashes;

    private Arguments(CommandLine line, List<String> words, boolean dashes) {
        this.line = line;
        this.words = words;
        this.dashes = dashes;
    }

    /// Options that may stand anywhere among the words: for commands whose words are ids.
    static Arguments anywhere(List<String> typed, Options options) {
        try {
            var line = new DefaultParser(false).parse(options, typed.toArray(String[]::new), false);
            return new Arguments(line, line.getArgList(), false);
        } catch (ParseException e) {
            throw new UsageException(e.getMessage() == null ? "wrong options" : e.getMessage());
        }
    }

    /// Options before the first word only: for commands whose words are somebody else's command.
    static Arguments leading(List<String> typed, Options options) {
        var at = firstWord(typed, options);
        var dashes = at < typed.size() && typed.get(at).equals("--");
        try {
            var line =
                    new DefaultParser(false).parse(options, typed.subList(0, at).toArray(String[]::new), false);
            return new Arguments(line, List.copyOf(typed.subList(dashes ? at + 1 : at, typed.size())), dashes);
        } catch (ParseException e) {
            throw new UsageException(e.getMessage() == null ? "wrong options" : e.getMessage());
        }
    }

    private static int firstWord(List<String> typed, Options options) {
        var i = 0;
        while (i < typed.size()
                && typed.get(i).startsWith("-")
                && !typed.get(i).equals("-")
                && !typed.get(i).equals("--")) {
            var name = typed.get(i);
            var joined = name.startsWith("--") ? name.contains("=") : name.length() > 2;
            var option = options.getOption(name.startsWith("--") ? name : name.substring(0, 2));
            i += option != null && option.hasArg() && !joined ? 2 : 1;
        }
        return Math.min(i, typed.size());
    }

    static Option flag(String name, String what) {
        return Option.builder().longOpt(name).desc(what).get();
    }

    static Option flag(char letter, String name, String what) {
        return Option.builder(String.valueOf(letter)).longOpt(name).desc(what).get();
    }

    static Option value(String name, String kind, String what) {
        return Option.builder().longOpt(name).hasArg().argName(kind).desc(what).get();
    }

    static Option value(char letter, String name, String kind, String what) {
        return Option.builder(String.valueOf(letter))
                .longOpt(name)
                .hasArg()
                .argName(kind)
                .desc(what)
                .get();
    }

    static Options options(Option... all) {
        var o = new Options();
        Arrays.stream(all).forEach(o::addOption);
        return o;
    }

    boolean has(String option) {
        return line.hasOption(option);
    }

    Optional<String> get(String option) {
        return Optional.ofNullable(line.getOptionValue(option));
    }

    List<String> all(String option) {
        var values = line.getOptionValues(option);
        return values == null ? List.of() : List.of(values);
    }

    /// Which of these options was typed last.
    Optional<String> last(List<String> options) {
        return Arrays.stream(line.getOptions())
                .map(Option::getLongOpt)
                .filter(options::contains)
                .reduce((before, after) -> after);
    }

    List<String> words() {
        return words;
    }

    /// Did `--` stand before the words?
    boolean dashes() {
        return dashes;
    }

    /// The words as ids, each once. One word may hold several, as a shell's quoted list does.
    List<TaskId> ids() {
        return ids(words);
    }

    static List<TaskId> ids(List<String> words) {
        var out = new LinkedHashSet<TaskId>();
        for (var word : words) {
            for (var part : word.strip().split("[\\s,]+")) {
                out.add(TaskId.parse(part).orElseThrow(() -> new UsageException("not a task id: " + part)));
            }
        }
        return new ArrayList<>(out);
    }

    List<TaskId> someIds() {
        var ids = ids();
        if (ids.isEmpty()) {
            throw new UsageException("which task? give at least one id");
        }
        return ids;
    }
}
