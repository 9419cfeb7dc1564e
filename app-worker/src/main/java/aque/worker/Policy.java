package aque.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// Which programs a worker starts, by the first word of the command (P15). A line of its file is `allow GLOB` or
/// `deny GLOB`, then maybe `user=GLOB` and `queue=GLOB`; the first line that matches decides. A program that none
/// matches is refused
/// when the file allows anything by name, else started. Immutable.
public final class Policy {
    /// The policy of a worker that has none.
    public static final Policy EVERYTHING = new Policy(List.of());

    private static final String USER = "user=";
    private static final String QUEUE = "queue=";

    private final List<Line> lines;

    private record Line(boolean allows, Pattern program, Pattern user, Optional<Pattern> queue) {}

    private Policy(List<Line> lines) {
        this.lines = List.copyOf(lines);
    }

    /// @throws IOException when it cannot be read
    /// @throws IllegalArgumentException for the first line that is wrong, with its number
    public static Policy read(Path file) throws IOException {
        var out = new ArrayList<Line>();
        var number = 0;
        for (var text : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            number++;
            var words = List.of(text.strip().split("\\s+"));
            if (!text.isBlank() && !text.strip().startsWith("#")) {
                out.add(line(words).orElseThrow(wrong(file, number)));
            }
        }
        return new Policy(out);
    }

    private static Supplier<IllegalArgumentException> wrong(Path file, int number) {
        return () -> new IllegalArgumentException(
                file + ":" + number + ": `allow GLOB` or `deny GLOB`, then maybe `user=GLOB` and `queue=GLOB`");
    }

    private static Optional<Line> line(List<String> words) {
        var verb = words.getFirst();
        var known = words.stream().skip(2).allMatch(w -> w.startsWith(USER) || w.startsWith(QUEUE));
        if (!verb.equals("allow") && !verb.equals("deny") || words.size() < 2 || !known) {
            return Optional.empty();
        }
        return Optional.of(new Line(
                verb.equals("allow"),
                glob(words.get(1)),
                glob(said(words, USER).orElse("*")),
                said(words, QUEUE).map(Policy::glob)));
    }

    private static Optional<String> said(List<String> words, String name) {
        return words.stream()
                .skip(2)
                .filter(w -> w.startsWith(name))
                .map(w -> w.substring(name.length()))
                .findFirst();
    }

    /// `*` stands for anything, `?` for one character; a glob without a slash means the program's name in any folder.
    private static Pattern glob(String glob) {
        var out = new StringBuilder(glob.contains("/") ? "" : "(?:.*/)?");
        for (var c : glob.toCharArray()) {
            out.append(
                    switch (c) {
                        case '*' -> ".*";
                        case '?' -> ".";
                        default -> Pattern.quote(Character.toString(c));
                    });
        }
        return Pattern.compile(out.toString(), Pattern.DOTALL);
    }

    /// Whether this user's tasks may start this program here.
    ///
    /// @param queue the pool that their job asks for, "" for none; only asked when a line is about it
    boolean allows(String program, String user, Supplier<String> queue) {
        return lines.stream()
                .filter(l -> l.program.matcher(program).matches()
                        && l.user.matcher(user).matches()
                        && l.queue.map(q -> q.matcher(queue.get()).matches()).orElse(true))
                .map(Line::allows)
                .findFirst()
                .orElseGet(() -> lines.stream().noneMatch(Line::allows));
    }
}
