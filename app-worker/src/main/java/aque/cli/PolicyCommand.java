package aque.cli;

import aque.farm.PolicyRule;
import aque.farm.PolicyStore;
import aque.submit.Offers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/// `aque policy`: what jobs get when they are submitted. Without words all rules, the weakest first, `NUMBER
/// LAYER VALUE… if KEY=GLOB…` a line.
final class PolicyCommand {
    private static final Set<String> TEXTS = Set.of("group", "pool");
    private static final Set<String> NUMBERS = Set.of("priority", "parallel", "retries");
    private static final Set<String> TIMES = Set.of("retry-delay", "timeout", "stall");
    private static final Set<String> ADDED = Set.of("environment", "then");

    private PolicyCommand() {}

    static int run(Shell shell, List<String> typed) {
        var args = Arguments.anywhere(
                typed,
                Arguments.options(
                        Arguments.value("if", "KEY=GLOB", "these jobs alone: user, group, queue, title, cwd, a label"),
                        Arguments.flag("json", "one JSON object a line")));
        var store = new PolicyStore(shell.database());
        var words = args.words();
        if (words.isEmpty()) {
            store.rules().forEach(rule -> shell.out().println(args.has("json") ? json(rule) : line(rule)));
            return Exit.DONE;
        }
        var actor = System.getProperty("user.name");
        var rest = words.subList(1, words.size());
        switch (words.getFirst()) {
            case "add" -> shell.out().println(store.add(rule(args.all("if"), rest), actor));
            case "rm" ->
                rest.forEach(n -> {
                    if (!store.drop(Units.number("a rule", n), actor)) {
                        throw new UsageException("no rule " + n);
                    }
                });
            default -> throw new UsageException("policy add LAYER NAME=VALUE…, policy rm NUMBER, or policy alone");
        }
        return Exit.DONE;
    }

    private static PolicyRule rule(List<String> kind, List<String> words) {
        if (words.size() < 2) {
            throw new UsageException(
                    "policy add LAYER NAME=VALUE…: site, show=GLOB, queue=GLOB or user=GLOB, then values");
        }
        var layer = words.getFirst().split("=", 2);
        var gives = new HashMap<String, String>();
        pairs(words.subList(1, words.size())).forEach((name, text) -> gives.put(name, value(name, text)));
        return new PolicyRule(0, layer(layer[0]), whom(layer), pairs(kind), gives);
    }

    private static PolicyRule.Layer layer(String word) {
        return Arrays.stream(PolicyRule.Layer.values())
                .filter(l -> l.word().equals(word))
                .findFirst()
                .orElseThrow(
                        () -> new UsageException("a layer is site, show=GLOB, queue=GLOB or user=GLOB, not " + word));
    }

    private static String whom(String[] layer) {
        if (layer[0].equals("site") == (layer.length == 2)) {
            throw new UsageException("site stands alone; of which " + layer[0] + "? " + layer[0] + "=GLOB");
        }
        return layer.length == 2 ? layer[1] : "*";
    }

    private static Map<String, String> pairs(List<String> words) {
        var out = new HashMap<String, String>();
        for (var word : words) {
            var pair = word.split("=", 2);
            if (pair.length != 2 || pair[0].isEmpty()) {
                throw new UsageException("NAME=VALUE, not " + word);
            }
            out.put(pair[0], pair[1]);
        }
        return out;
    }

    /// As the database has it: numbers as numbers, times in seconds, an environment as what it holds.
    private static String value(String name, String text) {
        var plain = name.replaceFirst("^(default|max)-", "");
        if (ADDED.contains(name)) {
            return name.equals("then") ? text : environment(Path.of(text));
        }
        if (TEXTS.contains(plain) && !name.startsWith("max-")) {
            return text;
        }
        if (NUMBERS.contains(plain)) {
            return Integer.toString(Units.number(name, text));
        }
        if (TIMES.contains(plain)) {
            return Long.toString(Units.duration(text).toSeconds());
        }
        if (name.equals("interruptible") && Set.of("yes", "no").contains(text)) {
            return text;
        }
        throw new UsageException(
                "a rule gives priority, group, pool, parallel, retries, retry-delay, timeout or stall (also"
                        + " default-… and max-…), interruptible=yes|no, environment=FILE or then=COMMAND, not " + name);
    }

    private static String environment(Path file) {
        var template = Offers.environment(file);
        if (!template.parameters().isEmpty()) {
            throw new UsageException(file + ": an environment of the site's has no parameters");
        }
        return template.environment().toJson();
    }

    private static String json(PolicyRule rule) {
        return JsonMapper.shared()
                .writeValueAsString(Map.of(
                        "rule",
                        rule.number(),
                        "layer",
                        rule.layer().word(),
                        "whom",
                        rule.whom(),
                        "if",
                        rule.kind(),
                        "gives",
                        rule.gives()));
    }

    private static String line(PolicyRule rule) {
        var whom = rule.layer() == PolicyRule.Layer.SITE ? "" : "=" + rule.whom();
        var only = rule.kind().isEmpty() ? "" : " if " + shown(rule.kind());
        return rule.number() + " " + rule.layer().word() + whom + " " + shown(rule.gives()) + only;
    }

    private static String shown(Map<String, String> pairs) {
        return pairs.entrySet().stream()
                .map(e -> e.getKey() + "=" + (e.getKey().equals("environment") ? name(e.getValue()) : e.getValue()))
                .map(Text::clean)
                .collect(Collectors.joining(" "));
    }

    private static String name(String environment) {
        return JsonMapper.shared().readTree(environment).path("name").asString();
    }
}
