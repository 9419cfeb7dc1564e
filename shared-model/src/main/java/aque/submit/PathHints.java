package aque.submit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// What a command's words tell of the files that it reads and writes (A76): for each word that looks like a path the
/// longest part that is there, `/` at least, and from the sizes of whole files how long it may take. Looks at the files
/// of this machine; any thread but the FX one.
///
/// @param paths absolute, each once, in order
/// @param seconds by the size of the files that are there, at a pace of 100 MB/s; 0 nothing known
public record PathHints(List<String> paths, double seconds) {
    private static final double PACE = 100e6;
    private static final int MOST_WORDS = 200;
    private static final int MOST_PATHS = 16;
    private static final Pattern NUMBERED = Pattern.compile("%0?\\d*d|#{2,}|\\$F\\d?");

    private static final PathHints NONE = new PathHints(List.of(), 0);

    public PathHints {
        paths = List.copyOf(paths);
    }

    /// @param argv the program, which is no hint, and its words
    /// @param cwd where relative ones start
    public static PathHints of(List<String> argv, Path cwd) {
        var found = new TreeSet<String>();
        var bytes = 0L;
        for (var word : argv.subList(Math.min(1, argv.size()), Math.min(MOST_WORDS, argv.size()))) {
            var path = path(word, cwd);
            if (path.isEmpty()) {
                continue;
            }
            var whole = path.get();
            var number = NUMBERED.matcher(String.valueOf(whole.getFileName()));
            if (number.find()) {
                bytes += frames(whole, number);
            } else if (Files.isRegularFile(whole)) {
                bytes += size(whole);
            }
            found.add(existing(whole).toString());
        }
        return found.isEmpty()
                ? NONE
                : new PathHints(found.stream().limit(MOST_PATHS).toList(), bytes / PACE);
    }

    /// The path in a word: the word itself, or what follows the `=` of `--out=/path` or `if=/path`.
    private static Optional<Path> path(String word, Path cwd) {
        var equals = word.indexOf('=');
        var text = equals > 0 && !word.substring(0, equals).contains("/") ? word.substring(equals + 1) : word;
        if (text.isEmpty() || text.startsWith("-") || text.contains("://") || text.indexOf('\n') >= 0) {
            return Optional.empty();
        }
        try {
            var whole = cwd.resolve(text).normalize();
            var there = Files.exists(whole);
            return there || text.contains("/") && text.indexOf(' ') < 0 ? Optional.of(whole) : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static Path existing(Path path) {
        var at = path;
        while (!Files.exists(at) && at.getParent() != null) {
            at = at.getParent();
        }
        return at;
    }

    private static long frames(Path pattern, java.util.regex.Matcher number) {
        var name = String.valueOf(pattern.getFileName());
        var wanted = Pattern.compile(Pattern.quote(name.substring(0, number.start())) + "\\d+"
                + Pattern.quote(name.substring(number.end())));
        var folder = pattern.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            return 0;
        }
        try (var files = Files.list(folder)) {
            return files.filter(
                            f -> wanted.matcher(String.valueOf(f.getFileName())).matches())
                    .mapToLong(PathHints::size)
                    .sum();
        } catch (IOException e) {
            return 0; // only a hint
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }

    /// Hints that many commands have in common: tasks with other paths each would be scheduled one by one.
    public static List<String> common(List<PathHints> all) {
        var folders = new TreeSet<String>();
        for (var hints : all) {
            for (var path : hints.paths) {
                var whole = Path.of(path);
                var parent = whole.getParent();
                folders.add(Files.isDirectory(whole) || parent == null ? path : parent.toString());
            }
        }
        return new ArrayList<>(folders).subList(0, Math.min(MOST_PATHS, folders.size()));
    }
}
