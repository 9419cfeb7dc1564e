package aque.openjd;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.core.JacksonException;

/// Builds the tree from parser events, without recursion. Aliases share their node; each node knows how many values it
/// stands for, so a billion laughs are refused while they are still three lines.
final class YamlComposer {

    private static final int DEEPEST = 64;
    private static final long MOST_VALUES = 1_000_000;

    private final Problems problems;
    private final Deque<Open> open = new ArrayDeque<>();
    private final Map<Anchor, Weighed> anchors = new HashMap<>();
    private @Nullable Node root;
    private int documents;

    YamlComposer(Problems problems) {
        this.problems = problems;
    }

    /// A finished node and the number of values it stands for when all aliases are written out.
    private record Weighed(Node node, long weight) {}

    /// A collection whose end has not been seen.
    private static final class Open {
        final CollectionStartEvent start;
        final int line;
        final List<Node> items = new ArrayList<>();
        final Map<String, Node> values = new LinkedHashMap<>();
        final Map<String, Integer> keyLines = new HashMap<>();
        Node.@Nullable Scalar key;
        long weight = 1;

        Open(CollectionStartEvent start, int line) {
            this.start = start;
            this.line = line;
        }

        boolean mapping() {
            return start instanceof MappingStartEvent;
        }
    }

    Node compose(String text) {
        var settings = LoadSettings.builder()
                .setCodePointLimit(Integer.MAX_VALUE)
                .setUseMarks(true)
                .build();
        if (String.valueOf(problems.file().getFileName())
                .toLowerCase(Locale.ROOT)
                .endsWith(".json")) {
            checkJson(text);
        }
        try {
            for (var event : new Parse(settings).parseString(text)) {
                take(event);
            }
        } catch (MarkedYamlEngineException e) {
            throw problems.fatal(
                    e.getProblemMark()
                            .or(e::getContextMark)
                            .map(YamlComposer::line)
                            .orElse(0),
                    broken(e));
        } catch (YamlEngineException e) {
            throw problems.fatal(0, "this is neither YAML nor JSON: " + e.getMessage());
        }
        if (root == null) {
            throw problems.fatal(1, "the file is empty");
        }
        return root;
    }

    /// YAML takes commas and quotes that JSON does not: a file that calls itself JSON is held to it.
    private void checkJson(String text) {
        try {
            Json.MAPPER.readTree(text);
        } catch (JacksonException e) {
            var line = Optional.ofNullable(e.getLocation())
                    .map(at -> at.getLineNr())
                    .orElse(0);
            // Where it began is told without the text, by a place that says nothing; bounds by how to move them.
            var what = e.getOriginalMessage()
                    .replaceAll("\\s*\\((start marker|for \\w+ starting) at .*|\\s*at \\[Source: .*", "")
                    .replaceAll("\\((\\d+), from `.*", "$1");
            throw problems.fatal(Math.max(0, line), "broken JSON: " + what);
        }
    }

    private static String broken(MarkedYamlEngineException e) {
        var context = Optional.ofNullable(e.getContext()).map(c -> " " + c).orElse("");
        return "broken YAML: " + e.getProblem() + context;
    }

    private void take(Event event) {
        switch (event.getEventId()) {
            case DocumentStart -> {
                if (++documents > 1) {
                    throw problems.fatal(line(event), "the file holds more than one YAML document");
                }
            }
            case MappingStart, SequenceStart -> start((CollectionStartEvent) event);
            case MappingEnd, SequenceEnd -> end();
            case Scalar -> scalar((ScalarEvent) event);
            case Alias -> alias((AliasEvent) event);
            default -> {}
        }
    }

    private void start(CollectionStartEvent event) {
        if (open.size() >= DEEPEST) {
            throw problems.fatal(line(event), "values are nested more than " + DEEPEST + " deep");
        }
        var parent = open.peek();
        if (parent != null && parent.mapping() && parent.key == null) {
            throw problems.fatal(line(event), "a key must be a plain word");
        }
        open.push(new Open(event, line(event)));
    }

    private void end() {
        var done = open.pop();
        Node node = done.mapping()
                ? new Node.Mapping(done.values, done.keyLines, done.line)
                : new Node.Items(done.items, done.line);
        finish(new Weighed(node, done.weight), done.start.getAnchor());
    }

    private void scalar(ScalarEvent event) {
        var node = YamlScalars.resolve(event, line(event), problems);
        finish(new Weighed(node, 1), event.getAnchor());
    }

    private void alias(AliasEvent event) {
        var target = anchors.get(event.getAlias());
        if (target == null) {
            throw problems.fatal(
                    line(event), "*" + event.getAlias() + " refers to nothing that was finished before it");
        }
        finish(target, Optional.empty());
    }

    private void finish(Weighed done, Optional<Anchor> anchor) {
        anchor.ifPresent(name -> anchors.put(name, done));
        var parent = open.peek();
        if (parent == null) {
            root = done.node();
            return;
        }
        parent.weight += done.weight();
        if (parent.weight > MOST_VALUES) {
            throw problems.fatal(parent.line, "the file stands for more than " + MOST_VALUES + " values");
        }
        if (parent.mapping()) {
            put(parent, done.node());
        } else {
            parent.items.add(done.node());
        }
    }

    private void put(Open parent, Node node) {
        var key = parent.key;
        if (key == null) {
            if (!(node instanceof Node.Scalar scalar)) {
                throw problems.fatal(node.line(), "a key must be a plain word");
            }
            parent.key = scalar;
            return;
        }
        parent.key = null;
        if (parent.values.putIfAbsent(key.text(), node) != null) {
            problems.add(
                    key.line(),
                    "",
                    "the key '" + key.text() + "' is there twice, first in line " + parent.keyLines.get(key.text()));
            return;
        }
        parent.keyLines.put(key.text(), key.line());
    }

    private static int line(Event event) {
        return event.getStartMark().map(YamlComposer::line).orElse(0);
    }

    private static int line(Mark mark) {
        return mark.getLine() + 1;
    }
}
