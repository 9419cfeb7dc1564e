package aque.submit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Scenes speak for themselves: what a scene's file says of its frames, its writers, its renderer, by the parameter
/// that
/// it fills in. No tool is run.
final class SceneFile {
    /// Scenes as text can be of any size; what is asked for stands early or late, never in what lies between for long.
    private static final int MOST = 64 << 20;

    private static final Pattern MAYA_GLOBALS =
            Pattern.compile("(?s)select -ne :defaultRenderGlobals;(.*?)(?=\\nselect |\\n[a-z]+Attr -|\\z)");
    private static final Pattern MAYA_VALUE =
            Pattern.compile("setAttr (?:-?\\w+ )*\"\\.(fs|ef|ren)\"(?: -type \"string\")? \"?([^\";]+)\"?;");
    private static final Pattern USD_TIME = Pattern.compile("(?m)^\\s*(startTimeCode|endTimeCode)\\s*=\\s*(-?\\d+)");
    private static final Pattern HOUDINI_RANGE = Pattern.compile("(?m)^frange (-?\\d+) (-?\\d+)");

    private SceneFile() {}

    /// Parameter to value; empty where the file says nothing.
    static Map<String, String> values(Path file, String extension) {
        return switch (extension) {
            case "blend" ->
                BlendFile.scenes(file).stream()
                        .findFirst()
                        .map(s -> frames(s.first(), s.last()))
                        .orElse(Map.of());
            case "nk" -> text(file).map(SceneFile::nuke).orElse(Map.of());
            case "ma" -> text(file).map(SceneFile::maya).orElse(Map.of());
            case "usd", "usda" -> text(file).map(SceneFile::usd).orElse(Map.of());
            case "hip", "hiplc", "hipnc" -> text(file).map(SceneFile::houdini).orElse(Map.of());
            default -> Map.of();
        };
    }

    /// What else a person should know of it.
    static List<String> notes(Path file, String extension) {
        var scenes = extension.equals("blend") ? BlendFile.scenes(file) : List.<BlendFile.Scene>of();
        return scenes.size() < 2
                ? List.of()
                : List.of("holds " + scenes.size() + " scenes; the frames are those of "
                        + scenes.getFirst().name());
    }

    private static Map<String, String> frames(long first, long last) {
        return first > last ? Map.of() : Map.of("Frames", first == last ? "" + first : first + "-" + last);
    }

    /// The script's own range, or that of its only writer when that has one.
    private static Map<String, String> nuke(String text) {
        var nodes = nodes(text);
        var root = nodes.stream()
                .filter(n -> n.kind.equals("Root"))
                .findFirst()
                .map(Node::knobs)
                .orElse(Map.of());
        var writers = nodes.stream()
                .filter(n -> n.kind.equals("Write"))
                .map(Node::knobs)
                .filter(k -> !k.getOrDefault("disable", "false").equals("true"))
                .toList();
        // What is as Nuke has it unasked is not in the file.
        var first = whole(root, "first_frame").orElse(1L);
        var last = whole(root, "last_frame").orElse(100L);
        var out = new TreeMap<>(frames(first, last));
        if (writers.size() == 1) {
            var writer = writers.getFirst();
            if (writer.getOrDefault("use_limit", "").equals("true")) {
                out.putAll(frames(
                        whole(writer, "first").orElse(first),
                        whole(writer, "last").orElse(last)));
            }
            Optional.ofNullable(writer.get("name")).ifPresent(n -> out.put("Write", n));
        }
        return out;
    }

    private record Node(String kind, Map<String, String> knobs) {}

    /// A node begins with its kind and a brace, and ends with a brace at the line's start.
    private static List<Node> nodes(String text) {
        var out = new ArrayList<Node>();
        Optional<Node> open = Optional.empty();
        for (var line : text.lines().toList()) {
            if (line.equals("Root {") || line.equals("Write {")) {
                open = Optional.of(new Node(line.substring(0, line.length() - 2), new TreeMap<>()));
                out.add(open.get());
            } else if (line.startsWith("}")) {
                open = Optional.empty();
            } else if (line.startsWith(" ") && line.strip().indexOf(' ') > 0) {
                var words = line.strip().split(" ", 2);
                open.ifPresent(n -> n.knobs.put(words[0], words[1].strip()));
            }
        }
        return out;
    }

    private static Map<String, String> maya(String text) {
        var globals = MAYA_GLOBALS.matcher(text);
        var found = new TreeMap<String, String>();
        while (globals.find()) {
            MAYA_VALUE
                    .matcher(globals.group(1))
                    .results()
                    .forEach(v -> found.put(v.group(1), v.group(2).strip()));
        }
        // Maya's own are 1 to 10.
        return found.containsKey("fs") || found.containsKey("ef")
                ? frames(whole(found, "fs").orElse(1L), whole(found, "ef").orElse(10L))
                : Map.of();
    }

    private static Map<String, String> usd(String text) {
        var found = new TreeMap<String, String>();
        USD_TIME.matcher(text).results().forEach(t -> found.putIfAbsent(t.group(1), t.group(2)));
        return found.size() == 2
                ? frames(
                        whole(found, "startTimeCode").orElse(1L),
                        whole(found, "endTimeCode").orElse(1L))
                : Map.of();
    }

    private static Map<String, String> houdini(String text) {
        return HOUDINI_RANGE
                .matcher(text)
                .results()
                .findFirst()
                .map(r -> frames(Long.parseLong(r.group(1)), Long.parseLong(r.group(2))))
                .orElse(Map.of());
    }

    /// Frames are written as `11`, as `11.0`, and larger ones by Maya as `1e+02`.
    private static Optional<Long> whole(Map<String, String> values, String key) {
        try {
            return Optional.ofNullable(values.get(key)).map(v -> Math.round(Double.parseDouble(v)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(Path file) {
        try (var in = Files.newInputStream(file)) {
            return Optional.of(new String(in.readNBytes(MOST), StandardCharsets.ISO_8859_1).replace("\r\n", "\n"));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static String extension(Path path) {
        var name = String.valueOf(path.getFileName());
        var dot = name.lastIndexOf('.');
        return dot <= 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }
}
