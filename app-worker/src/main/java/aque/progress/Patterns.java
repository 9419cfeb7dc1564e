package aque.progress;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All tools whose output is understood. A file of patterns is text: `tool NAME`, then lines of a word and a regular
/// expression ([Rule.Kind] has the words); a tool of the same name replaces the one before. Immutable.
public final class Patterns {
    private static final Logger log = LoggerFactory.getLogger(Patterns.class);
    private static final String SHIPPED = "shipped.patterns";
    private static final String SUFFIX = ".patterns";
    private static final String TEMPLATE = "template";

    private final Map<String, Tool> tools;
    private final Words words;

    private Patterns(Map<String, Tool> tools) {
        this.tools = tools;
        this.words = Words.of(tools.values());
    }

    /// Those that come with the program.
    public static Patterns shipped() {
        var in = Objects.requireNonNull(Patterns.class.getResourceAsStream(SHIPPED), SHIPPED);
        try (var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return new Patterns(read(SHIPPED, lines.lines().toList()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// With the `*.patterns` files of a site's folder over these, by name. A file that is wrong is left out, and the
    /// log says why; a folder that is not there has none.
    public Patterns with(Path folder) {
        var all = new LinkedHashMap<>(tools);
        for (var file : files(folder)) {
            try {
                all.putAll(read(file.toString(), Files.readAllLines(file)));
            } catch (IOException | IllegalArgumentException e) {
                log.warn("patterns of {} are left out: {}", file, e.getMessage());
            }
        }
        return new Patterns(all);
    }

    private static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> content = Files.list(folder)) {
            return content.filter(f -> f.toString().endsWith(SUFFIX)).sorted().toList();
        } catch (IOException e) {
            log.warn("the patterns in {} cannot be read: {}", folder, e.getMessage());
            return List.of();
        }
    }

    /// @throws IllegalArgumentException naming the place and what is wrong there
    static Map<String, Tool> read(String place, List<String> lines) {
        var rules = new LinkedHashMap<String, List<Rule>>();
        var current = new ArrayList<Rule>();
        for (var i = 0; i < lines.size(); i++) {
            var line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            var word = line.split("\\s+", 2);
            if (word.length < 2) {
                throw new IllegalArgumentException(place + ":" + (i + 1) + ": a word and a pattern, not " + line);
            }
            if (word[0].equals("tool")) {
                current = new ArrayList<>();
                rules.put(word[1], current);
            } else {
                current.add(rule(place + ":" + (i + 1), word[0], word[1]));
            }
        }
        var out = new LinkedHashMap<String, Tool>();
        rules.forEach((name, list) -> out.put(name, new Tool(name, list)));
        return out;
    }

    private static Rule rule(String place, String word, String regex) {
        try {
            return Rule.of(Rule.kind(word), regex);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(place + ": " + e.getDescription() + " in " + regex, e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(place + ": there is no " + word, e);
        }
    }

    /// For the output of one process.
    public Gauge gauge(List<String> argv) {
        var line = String.join(" ", argv);
        return new Gauge(tools.values().stream().map(t -> new Reading(t, line)).toList(), words);
    }

    /// With what a template says of its own tools, as lines of such a file.
    ///
    /// @throws IllegalArgumentException naming what is wrong there
    public Patterns with(List<String> lines) {
        if (lines.isEmpty()) {
            return this;
        }
        var all = new LinkedHashMap<>(tools);
        all.putAll(read(
                TEMPLATE,
                Stream.concat(Stream.of("tool " + TEMPLATE, "program ^"), lines.stream())
                        .toList()));
        return new Patterns(all);
    }
}
