package aque.openjd;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The names of what a worker offers: `amount.…` and `attr.…`, with an optional `vendor:` before them.
enum Capability {
    AMOUNT(
            "amount",
            Set.of(
                    "amount.worker.vcpu",
                    "amount.worker.memory",
                    "amount.worker.gpu",
                    "amount.worker.gpu.memory",
                    "amount.worker.disk.scratch")),
    ATTRIBUTE("attr", Set.of("attr.worker.os.family", "attr.worker.cpu.arch"));

    static final int LONGEST = 100;

    private static final Set<String> RESERVED = Set.of("worker", "job", "step", "task");
    private static final Pattern VALUE = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");
    private static final Map<String, List<String>> KNOWN_VALUES = Map.of(
            "attr.worker.os.family", List.of("linux", "windows", "macos"),
            "attr.worker.cpu.arch", List.of("x86_64", "arm64"));

    private final Set<String> standard;
    private final Pattern pattern;

    Capability(String word, Set<String> standard) {
        this.standard = standard;
        var identifier = Words.IDENTIFIER.pattern();
        this.pattern =
                Pattern.compile("(" + identifier + ":)?" + word + "(\\." + identifier + ")+", Pattern.CASE_INSENSITIVE);
    }

    /// Why this cannot be such a name.
    Optional<String> refusal(String name) {
        if (name.length() > LONGEST) {
            return Optional.of("the name has more than " + LONGEST + " characters");
        }
        if (!pattern.matcher(name).matches()) {
            return Optional.of("'" + name + "' is not of the form " + (this == AMOUNT ? "amount" : "attr") + ".name");
        }
        var lower = name.toLowerCase(Locale.ROOT);
        var own = lower.substring(lower.indexOf(':') + 1);
        if (!standard.contains(own) && RESERVED.contains(own.split("\\.")[1])) {
            return Optional.of("'" + name + "' is a reserved name; known are "
                    + standard.stream().sorted().toList());
        }
        return Optional.empty();
    }

    static boolean hasOneValue(String name) {
        return KNOWN_VALUES.containsKey(name.toLowerCase(Locale.ROOT));
    }

    /// Why the attribute `name` cannot have this value.
    static Optional<String> valueRefusal(String name, String value) {
        if (value.length() > LONGEST || !VALUE.matcher(value).matches()) {
            return Optional.of(
                    "'" + value + "' is no value of an attribute: letters, digits, _ and - only, at most " + LONGEST);
        }
        var known = KNOWN_VALUES.get(name.toLowerCase(Locale.ROOT));
        return known == null || known.contains(value.toLowerCase(Locale.ROOT))
                ? Optional.empty()
                : Optional.of("'" + value + "' is not one of " + known);
    }
}
