package aque.farm;

import aque.openjd.PathMapping;
import aque.openjd.PathMappingRule;
import aque.openjd.PathMappingRule.Format;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The farm's table of folders, and what a path of one platform is on another one. Pure.
public final class PathRoots {
    public static final List<String> PLATFORMS = List.of("linux", "windows", "macos");
    public static final PathRoots NONE = new PathRoots(List.of());

    /// What comes before a path in a text: nothing that could be a part of it.
    private static final String BEFORE = "(?<![\\w.~\\\\/-])";

    private static final String AFTER = "(?![\\w.-])";
    /// What a path in a text goes on with.
    private static final String REST = "(?:[\\\\/]+[^\\\\/\\s\"'`<>|;,:*?()]*)*";

    private final List<PathRoot> roots;
    private final Map<String, PathMapping> mappings = new HashMap<>();
    private final Map<String, Pattern> patterns = new HashMap<>();

    public PathRoots(List<PathRoot> roots) {
        this.roots = List.copyOf(roots);
        for (var platform : PLATFORMS) {
            var rules = rules(platform);
            mappings.put(platform, new PathMapping(rules));
            patterns.put(platform, pattern(rules));
        }
    }

    public List<PathRoot> roots() {
        return roots;
    }

    public boolean isEmpty() {
        return roots.isEmpty();
    }

    private List<PathMappingRule> rules(String to) {
        var out = new ArrayList<PathMappingRule>();
        for (var root : roots) {
            for (var from : PLATFORMS) {
                var source = root.on(from);
                if (!source.isEmpty() && !root.on(to).isEmpty() && !source.equals(root.on(to))) {
                    var format = from.equals("windows") ? Format.WINDOWS : Format.POSIX;
                    out.add(new PathMappingRule(format, source, root.on(to)));
                }
            }
        }
        return out;
    }

    private static Pattern pattern(List<PathMappingRule> rules) {
        return Pattern.compile(rules.stream()
                .sorted(Comparator.comparingInt(
                        (PathMappingRule r) -> -r.sourcePath().length()))
                .map(r -> BEFORE + source(r) + AFTER + REST)
                .collect(Collectors.joining("|")));
    }

    /// Windows has two separators, a script may double the one, and large letters are small ones.
    private static String source(PathMappingRule rule) {
        if (rule.sourceFormat() == Format.POSIX) {
            return Pattern.quote(rule.sourcePath().replaceFirst("/+$", ""));
        }
        var folder = rule.sourcePath().replaceFirst("[\\\\/]+$", "");
        var out = new StringBuilder("(?i:");
        for (var c : folder.toCharArray()) {
            out.append(c == '/' || c == '\\' ? "[\\\\/]+" : Pattern.quote(String.valueOf(c)));
        }
        if (folder.endsWith(":")) {
            out.append("(?=[\\\\/])"); // a letter and a colon alone may be anything
        }
        return out.append(')').toString();
    }

    /// The rules from every other platform to this one.
    public PathMapping to(String platform) {
        return mappings.getOrDefault(platform, PathMapping.NONE);
    }

    /// One whole path as it is on this platform; as it was when it is in none of the folders.
    public String path(String path, String platform) {
        return to(platform).apply(path, separator(platform));
    }

    private static char separator(String platform) {
        return platform.equals("windows") ? '\\' : '/';
    }

    /// A word of a command line or a variable: a path, a list of paths, one behind the first equals sign, or a text.
    public String word(String word, String platform) {
        var value = word.indexOf('=') + 1;
        return whole(word, platform)
                .or(() -> whole(word.substring(value), platform).map(v -> word.substring(0, value) + v))
                .orElseGet(() -> text(word, platform));
    }

    private Optional<String> whole(String word, String platform) {
        var parts = word.contains(";") ? word.split(";", -1) : word.split(":(?=/)(?<!^[A-Za-z]:)", -1);
        var mapped = Arrays.stream(parts).map(p -> path(p, platform)).toList();
        var same = mapped.equals(List.of(parts));
        return same ? Optional.empty() : Optional.of(String.join(platform.equals("windows") ? ";" : ":", mapped));
    }

    /// A text with paths in it, each up to a blank or a quote.
    public String text(String text, String platform) {
        var pattern = patterns.get(platform);
        if (roots.isEmpty() || pattern == null || pattern.pattern().isEmpty()) {
            return text;
        }
        return pattern.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(path(single(found.group()), platform)));
    }

    /// Without the doubled backslashes of a script; the two of a share stay.
    private static String single(String path) {
        return path.charAt(0) + path.substring(1).replaceAll("\\\\+", "\\\\");
    }

    /// A path in the forms of all platforms that have it, by platform.
    public Map<String, String> forms(String path) {
        var out = new HashMap<String, String>();
        for (var platform : PLATFORMS) {
            var form = path(path, platform);
            var isHere = roots.stream()
                    .map(r -> r.on(platform))
                    .anyMatch(r -> !r.isEmpty() && isUnder(plain(form, platform), plain(r, platform)));
            if (isHere) {
                out.put(platform, form);
            }
        }
        return out;
    }

    private static boolean isUnder(String path, String folder) {
        return path.equals(folder) || path.startsWith(folder.endsWith("/") ? folder : folder + "/");
    }

    private static String plain(String path, String platform) {
        return platform.equals("windows") ? path.replace('\\', '/').toLowerCase(Locale.ROOT) : path;
    }
}
