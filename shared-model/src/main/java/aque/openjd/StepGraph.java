package aque.openjd;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// The dependencies between a template's steps: every name is there once, every dependency exists, none leads back.
final class StepGraph {

    private record Step(Place place, Set<String> dependencies) {}

    private final Map<String, Step> steps = new LinkedHashMap<>();
    private final List<Runnable> later = new ArrayList<>();

    void add(Fields fields) {
        var name = name(fields.place().node());
        if (name.isEmpty()) {
            return;
        }
        var step = new Step(fields.place(), new LinkedHashSet<>());
        if (steps.putIfAbsent(name, step) != null) {
            fields.problem("name", "there is another step with the name '" + name + "'");
        }
        if (fields.get("dependencies").map(Place::node).orElse(null) instanceof Node.Items items) {
            items.values().forEach(node -> depend(fields.place(), name, step, node));
        }
    }

    private static String name(Node node) {
        return text(node, "name");
    }

    private static String text(Node node, String key) {
        return node instanceof Node.Mapping mapping && mapping.values().get(key) instanceof Node.Scalar scalar
                ? scalar.text()
                : "";
    }

    private void depend(Place place, String name, Step step, Node node) {
        var dependency = text(node, "dependsOn");
        if (dependency.isEmpty()) {
            return;
        }
        var at = new Place(place.problems(), place.path() + ".dependencies", node);
        if (dependency.equals(name)) {
            at.problem("the step '" + name + "' depends on itself");
        } else if (!step.dependencies().add(dependency)) {
            at.problem("the dependency '" + dependency + "' is there twice");
        }
        later.add(() -> {
            if (!steps.containsKey(dependency)) {
                at.problem("there is no step '" + dependency + "'" + Similar.hint(dependency, steps.keySet()));
            }
        });
    }

    void check() {
        later.forEach(Runnable::run);
        var circle = new LinkedHashSet<>(steps.keySet());
        circle.removeAll(reachable());
        if (!circle.isEmpty()) {
            var path = circleIn(circle);
            step(path.getFirst())
                    .place()
                    .problem("the steps wait for each other in a circle: " + String.join(" -> ", path));
        }
    }

    private Step step(String name) {
        return Objects.requireNonNull(steps.get(name));
    }

    /// Steps that can start at some time: Kahn's algorithm.
    private Set<String> reachable() {
        var open = new HashMap<String, Integer>();
        var dependents = new HashMap<String, List<String>>();
        var ready = new ArrayDeque<String>();
        steps.forEach((name, step) -> {
            var known = step.dependencies().stream().filter(steps::containsKey).toList();
            known.forEach(
                    d -> dependents.computeIfAbsent(d, key -> new ArrayList<>()).add(name));
            open.put(name, known.size());
            if (known.isEmpty()) {
                ready.add(name);
            }
        });
        var done = new HashSet<String>();
        while (!ready.isEmpty()) {
            var name = ready.remove();
            done.add(name);
            for (var dependent : dependents.getOrDefault(name, List.of())) {
                if (open.merge(dependent, -1, Integer::sum) == 0) {
                    ready.add(dependent);
                }
            }
        }
        return done;
    }

    /// One circle among steps that each wait for another of them.
    private List<String> circleIn(Set<String> stuck) {
        var walked = new LinkedHashSet<String>();
        var name = stuck.iterator().next();
        while (walked.add(name)) {
            name = step(name).dependencies().stream()
                    .filter(stuck::contains)
                    .findFirst()
                    .orElse(name);
        }
        var circle = new ArrayList<>(walked).subList(List.copyOf(walked).indexOf(name), walked.size());
        circle.add(name);
        return circle;
    }
}
