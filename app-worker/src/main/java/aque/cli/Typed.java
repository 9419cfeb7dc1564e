package aque.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The words of the command line as they were typed. Java reads them by the locale: in the plain one every letter that
/// is not ASCII is lost, and bytes that are no text become other ones without a word.
final class Typed {
    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

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

    /// What is no UTF-8 does not come out of it again as it went in. (A decoder would say so too, but is not in the
    /// start-up cache.)
    private static String text(byte[] line, int from, int to) {
        var text = new String(line, from, to - from, StandardCharsets.UTF_8);
        if (!Arrays.equals(text.getBytes(StandardCharsets.UTF_8), Arrays.copyOfRange(line, from, to))) {
            throw new UsageException("not_utf8: a word is no text in UTF-8, and tasks keep text only: " + text);
        }
        return text;
    }
}
