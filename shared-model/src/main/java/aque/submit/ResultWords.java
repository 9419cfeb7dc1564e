package aque.submit;

import aque.task.TaskId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Results of other tasks in the words of a command: `{"$result": 12}` stands for what task 12 left, `{"$results": 20}`
/// for the list of what the members of group 20 left, in their order (W17). Both are waited for. Pure.
public final class ResultWords {
    private static final Pattern NAMED = Pattern.compile("\\{\\s*\"\\$(results?)\"\\s*:\\s*([0-9]{1,18})\\s*}");

    private ResultWords() {}

    /// What a word names.
    ///
    /// @param all the members of a group, as a list
    public record Named(TaskId task, boolean all) {
        private static Named of(MatchResult m) {
            return new Named(new TaskId(Long.parseLong(m.group(2))), m.group(1).equals("results"));
        }
    }

    /// The tasks and groups whose results these words hold.
    public static Set<TaskId> tasks(List<String> words) {
        var out = new LinkedHashSet<TaskId>();
        for (var word : words) {
            if (word.contains("$result")) {
                NAMED.matcher(word).results().forEach(m -> out.add(new TaskId(Long.parseLong(m.group(2)))));
            }
        }
        return out;
    }

    /// Is this word a result and nothing else?
    public static boolean isAlone(String word) {
        return NAMED.matcher(word).matches();
    }

    /// The word with each result in its place.
    public static String filled(String word, Function<Named, String> value) {
        return word.contains("$result")
                ? NAMED.matcher(word).replaceAll(m -> Matcher.quoteReplacement(value.apply(Named.of(m))))
                : word;
    }
}
