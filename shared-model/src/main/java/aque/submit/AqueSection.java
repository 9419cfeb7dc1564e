package aque.submit;

import aque.openjd.FormatString;
import aque.openjd.OutputRule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/// What a template says to Aque alone, under its key `aque`: what OpenJD has no words for.
///
/// @param summary one line for people
/// @param drop what may be dropped to get this template
/// @param priority of its jobs, larger first
/// @param retries how many failures of a task are tried again
/// @param cpus thousandths of a core for steps that do not say; -1 the whole machine, -N an N-th; empty: one core
/// @param freeze the dropped file stays for the job as it is at the submit
/// @param outputs what tasks must leave, by step; "" all steps
/// @param byFrame steps whose tasks wait for frames of what their step depends on, not for all of it
/// @param inspect the command that tells of a dropped file what it does not say itself, see [Inspection]
/// @param progress what its tools print about how far they are, as lines of a file of patterns
record AqueSection(
        String summary,
        Optional<Drop> drop,
        Optional<Integer> priority,
        int retries,
        Optional<Integer> cpus,
        boolean freeze,
        Map<String, List<OutputRule>> outputs,
        Map<String, FrameWindow> byFrame,
        List<FormatString> inspect,
        List<String> progress) {
    static final AqueSection NONE = new AqueSection(
            "",
            Optional.empty(),
            Optional.empty(),
            0,
            Optional.empty(),
            false,
            Map.of(),
            Map.of(),
            List.of(),
            List.of());
    private static final Set<String> KEYS = Set.of(
            "summary", "drop", "priority", "retries", "cpus", "freeze", "outputs", "byFrame", "inspect", "progress");
    private static final Set<String> BY_FRAME_KEYS = Set.of("step", "offset", "window");
    /// What a template can tell of its tools; a worker's files of patterns know the same words.
    private static final Set<String> PROGRESS = Set.of(
            "first",
            "last",
            "by",
            "count",
            "length",
            "progress",
            "total",
            "done",
            "item",
            "end",
            "status",
            "licence",
            "error");
    private static final Set<String> DROP_KEYS = Set.of("extensions", "sequences", "parameter", "output");
    private static final Set<String> OUTPUT_KEYS = Set.of("files", "base", "step", "count", "least", "most", "image");
    private static final Pattern PART = Pattern.compile("/[1-9]\\d{0,3}");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,12})\\s*([kKMGT]?)i?B?");

    /// Which files lead to a template, and which of its parameters they fill.
    ///
    /// @param extensions lower case, without the dot
    /// @param sequences takes numbered frames as one, their pattern in place of a path
    /// @param parameter that gets what was dropped
    /// @param output what the parameter `Output` starts as, with `{folder}` and `{name}` of the drop;
    /// empty: as the template has it
    public record Drop(List<String> extensions, boolean sequences, String parameter, String output) {
        public Drop {
            extensions =
                    extensions.stream().map(e -> e.toLowerCase(Locale.ROOT)).toList();
        }

        String outputFor(Path dropped, String name) {
            var folder = Optional.ofNullable(dropped.toAbsolutePath().getParent())
                    .map(Path::toString)
                    .orElse("");
            return output.replace("{folder}", folder).replace("{name}", name);
        }
    }

    /// The rules for the outputs of a step.
    List<OutputRule> outputs(String step) {
        var out = new ArrayList<>(outputs.getOrDefault("", List.of()));
        out.addAll(outputs.getOrDefault(step, List.of()));
        return out;
    }

    /// @throws SubmitException with everything that is wrong with it
    static AqueSection of(Path file, String text) {
        if (!text.contains("aque")) {
            return NONE;
        }
        var root = new Load(LoadSettings.builder().setLabel(file.toString()).build()).loadFromString(text);
        if (!(root instanceof Map<?, ?> template) || !template.containsKey("aque")) {
            return NONE;
        }
        if (!(template.get("aque") instanceof Map<?, ?> section)) {
            throw new SubmitException(file + ": 'aque' must hold keys and values");
        }
        check(file, "aque", section, KEYS);
        var drop = Optional.ofNullable(section.get("drop")).map(d -> drop(file, d));
        return new AqueSection(
                text(section, "summary"),
                drop,
                Optional.ofNullable(section.get("priority")).map(p -> number(file, "priority", p)),
                Optional.ofNullable(section.get("retries"))
                        .map(r -> number(file, "retries", r))
                        .orElse(0),
                Optional.ofNullable(section.get("cpus")).map(c -> cpus(file, c)),
                drop.isPresent() && !drop.get().sequences() && !Boolean.FALSE.equals(section.get("freeze")),
                Optional.ofNullable(section.get("outputs"))
                        .map(o -> outputs(file, o))
                        .orElse(Map.of()),
                Optional.ofNullable(section.get("byFrame"))
                        .map(b -> byFrame(file, b))
                        .orElse(Map.of()),
                Optional.ofNullable(section.get("inspect"))
                        .map(i -> inspect(file, i, drop))
                        .orElse(List.of()),
                Optional.ofNullable(section.get("progress"))
                        .map(p -> progress(file, p))
                        .orElse(List.of()));
    }

    private static Map<String, FrameWindow> byFrame(Path file, Object value) {
        if (!(value instanceof List<?> list)) {
            throw new SubmitException(file + ": 'aque: byFrame' must be a list");
        }
        var out = new HashMap<String, FrameWindow>();
        for (var item : list) {
            if (item instanceof String step) {
                out.put(step, FrameWindow.of(0, 0));
            } else if (item instanceof Map<?, ?> wait && !text(wait, "step").isEmpty()) {
                check(file, "aque: byFrame", wait, BY_FRAME_KEYS);
                out.put(text(wait, "step"), FrameWindow.of(whole(file, wait, "offset"), whole(file, wait, "window")));
            } else {
                throw new SubmitException(file + ": each of 'aque: byFrame' is a step's name, or has a 'step'");
            }
        }
        return out;
    }

    private static List<FormatString> inspect(Path file, Object value, Optional<Drop> drop) {
        if (!(value instanceof List<?> list) || list.isEmpty() || drop.isEmpty()) {
            throw new SubmitException(file + ": 'aque: inspect' must be a list of words, in a template with a 'drop'");
        }
        try {
            var words =
                    list.stream().map(w -> FormatString.of(String.valueOf(w))).toList();
            var known = "Param." + drop.get().parameter();
            if (words.stream().flatMap(w -> w.names().stream()).anyMatch(n -> !n.equals(known))) {
                throw new SubmitException(file + ": 'aque: inspect' knows {{" + known + "}} alone");
            }
            return words;
        } catch (IllegalArgumentException e) {
            throw new SubmitException(file + ": 'aque: inspect': " + e.getMessage());
        }
    }

    private static List<String> progress(Path file, Object value) {
        if (!(value instanceof List<?> list)) {
            throw new SubmitException(file + ": 'aque: progress' must be a list");
        }
        for (var item : list) {
            var words = String.valueOf(item).strip().split("\\s+", 2);
            if (words.length < 2 || !PROGRESS.contains(words[0])) {
                throw new SubmitException(file + ": each of 'aque: progress' is one of "
                        + String.join(", ", PROGRESS.stream().sorted().toList()) + " and a regular expression: "
                        + item);
            }
            try {
                Pattern.compile(words[1]);
            } catch (PatternSyntaxException e) {
                throw new SubmitException(file + ": 'aque: progress': " + e.getDescription() + " in " + words[1]);
            }
        }
        return list.stream().map(item -> String.valueOf(item).strip()).toList();
    }

    private static int whole(Path file, Map<?, ?> map, String key) {
        var value = map.get(key);
        if (value == null) {
            return 0;
        }
        if (value instanceof Integer n) {
            return n;
        }
        throw new SubmitException(file + ": '" + key + "' must be a whole number");
    }

    private static Drop drop(Path file, Object value) {
        if (!(value instanceof Map<?, ?> drop)) {
            throw new SubmitException(file + ": 'aque: drop' must hold keys and values");
        }
        check(file, "aque: drop", drop, DROP_KEYS);
        if (!(drop.get("extensions") instanceof List<?> extensions)
                || text(drop, "parameter").isEmpty()) {
            throw new SubmitException(file + ": 'aque: drop' needs a list of 'extensions' and a 'parameter'");
        }
        return new Drop(
                extensions.stream().map(String::valueOf).toList(),
                Boolean.TRUE.equals(drop.get("sequences")),
                text(drop, "parameter"),
                text(drop, "output"));
    }

    private static Map<String, List<OutputRule>> outputs(Path file, Object value) {
        if (!(value instanceof List<?> list)) {
            throw new SubmitException(file + ": 'aque: outputs' must be a list");
        }
        var out = new HashMap<String, List<OutputRule>>();
        for (var item : list) {
            if (!(item instanceof Map<?, ?> rule) || text(rule, "files").isEmpty()) {
                throw new SubmitException(file + ": each of 'aque: outputs' needs 'files'");
            }
            check(file, "aque: outputs", rule, OUTPUT_KEYS);
            out.computeIfAbsent(text(rule, "step"), s -> new ArrayList<>()).add(rule(file, rule));
        }
        return out;
    }

    private static OutputRule rule(Path file, Map<?, ?> rule) {
        try {
            return new OutputRule(
                    FormatString.of(text(rule, "files")),
                    FormatString.of(text(rule, "base")),
                    rule.containsKey("count") ? number(file, "count", rule.get("count")) : 1,
                    rule.containsKey("least") ? size(file, "least", text(rule, "least")) : 1,
                    rule.containsKey("most") ? size(file, "most", text(rule, "most")) : 0,
                    Boolean.TRUE.equals(rule.get("image")));
        } catch (IllegalArgumentException e) {
            throw new SubmitException(file + ": 'aque: outputs': " + e.getMessage());
        }
    }

    private static int cpus(Path file, Object value) {
        if (value.equals("all")) {
            return -1;
        }
        if (value instanceof String text && PART.matcher(text).matches()) {
            return -Integer.parseInt(text.substring(1));
        }
        if (value instanceof Number n && n.doubleValue() > 0 && n.doubleValue() < 10_000) {
            return (int) Math.max(1, Math.round(n.doubleValue() * 1000));
        }
        throw new SubmitException(file + ": 'cpus' must be a number, all, or a part of the machine such as '/4'");
    }

    private static long size(Path file, String key, String text) {
        var match = SIZE.matcher(text);
        if (!match.matches()) {
            throw new SubmitException(file + ": '" + key + "' must be a size such as 10K: " + text);
        }
        var power =
                " KMGT".indexOf(match.group(2).isEmpty() ? " " : match.group(2).toUpperCase(Locale.ROOT));
        return Long.parseLong(match.group(1)) << (10 * power);
    }

    private static void check(Path file, String where, Map<?, ?> found, Set<String> known) {
        for (var key : found.keySet()) {
            if (!known.contains(String.valueOf(key))) {
                throw new SubmitException(file + ": '" + where + "' has no key '" + key + "', it has "
                        + String.join(", ", known.stream().sorted().toList()));
            }
        }
    }

    private static String text(Map<?, ?> map, String key) {
        return Optional.ofNullable(map.get(key)).map(String::valueOf).orElse("");
    }

    private static int number(Path file, String key, Object value) {
        if (value instanceof Integer n && n >= 0) {
            return n;
        }
        throw new SubmitException(file + ": '" + key + "' must be a whole number from 0 on");
    }
}
