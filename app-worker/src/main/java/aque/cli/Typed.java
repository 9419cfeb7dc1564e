package aque.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The words of the command line as they were typed. Java reads them by the locale: in the plain one every letter that
/// is not ASCII is lost, and bytes that are no text become other ones without a word.
final class Typed {
    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");
    private static final Path ENVIRONMENT = Path.of("/proc/self/environ");

    /// The caller's variables.
    ///
    /// @param strange names of those whose values are no text in UTF-8
    record Variables(Map<String, String> texts, List<String> strange) {}

    private Typed() {}

    /// @param given as Java has them
    /// @throws UsageException when one is no text in UTF-8: a task's words are kept as text
    static List<String> words(String[] given) {
        try {
            return Files.isReadable(COMMAND_LINE)
                    ? last(given.length, Files.readAllBytes(COMMAND_LINE))
                    : Arrays.asList(given);
        } catch (IOException e) {
            return Arrays.asList(given);
        }
    }

    /// The last so many words of a command line, each of which ends with a NUL.
    static List<String> last(int count, byte[] line) {
        var words = new ArrayList<String>();
        var end = line.length - 1;
        for (var i = end - 1; words.size() < count; i--) {
            if (i < 0 || line[i] == 0) {
                words.add(text(line, i + 1, end));
                end = i;
            }
        }
        return words.reversed();
    }

    private static String text(byte[] line, int from, int to) {
        var text = new String(line, from, to - from, StandardCharsets.UTF_8);
        if (!isText(text, line, from, to)) {
            throw new UsageException("not_utf8: a word is no text in UTF-8, and tasks keep text only: " + text);
        }
        return text;
    }

    /// What is no UTF-8 does not come out of it again as it went in. (A decoder would say so too, but is not in the
    /// start-up cache.)
    private static boolean isText(String text, byte[] line, int from, int to) {
        return Arrays.equals(text.getBytes(StandardCharsets.UTF_8), Arrays.copyOfRange(line, from, to));
    }

    /// The variables of the caller, whatever the locale.
    static Variables variables() {
        try {
            return Files.isReadable(ENVIRONMENT)
                    ? variables(Files.readAllBytes(ENVIRONMENT))
                    : new Variables(System.getenv(), List.of());
        } catch (IOException e) {
            return new Variables(System.getenv(), List.of());
        }
    }

    /// @param all `NAME=VALUE`, each with a NUL behind it
    static Variables variables(byte[] all) {
        var texts = new HashMap<String, String>();
        var strange = new ArrayList<String>();
        for (int from = 0, to; from < all.length; from = to + 1) {
            to = from;
            while (to < all.length && all[to] != 0) {
                to++;
            }
            var text = new String(all, from, to - from, StandardCharsets.UTF_8);
            var equals = text.indexOf('=');
            if (equals > 0 && isText(text, all, from, to)) {
                texts.putIfAbsent(text.substring(0, equals), text.substring(equals + 1));
            } else if (equals > 0) {
                strange.add(text.substring(0, equals));
            }
        }
        return new Variables(texts, strange);
    }
}
