package aque.desktop.layout;

import aque.desktop.layout.Folded.Box;
import aque.desktop.layout.Folded.Kind;
import aque.desktop.layout.Folded.Link;
import aque.task.Edge;
import aque.task.TaskId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/// Folds a job: a step is one box, whatever its size. Loose tasks below the root are boxes of their own while they are
/// few; many without dependencies among them become one box, many with them one box for each stem of their names, and
/// where that is still too much, one for each depth. Pure; runs off the FX thread.
public final class Fold {
    /// More boxes than this nobody reads, and the layout would take seconds.
    public static final int MOST = 300;
    /// Loose tasks that are shown one by one although nothing connects them.
    private static final int LOOSE = 24;

    private final Map<TaskId, Knot> tasks = new LinkedHashMap<>();
    private final Map<TaskId, List<Knot>> children = new HashMap<>();
    private final TaskId job;
    private final List<Edge> edges;

    private Fold(TaskId job, List<Knot> tasks, List<Edge> edges) {
        this.job = job;
        this.edges = edges;
        tasks.stream().sorted(Comparator.comparing(Knot::id)).forEach(task -> this.tasks.put(task.id(), task));
        this.tasks.values().stream()
                .filter(task -> !task.id().equals(job))
                .forEach(task -> children.computeIfAbsent(task.parent().orElse(job), p -> new ArrayList<>())
                        .add(task));
    }

    /// The graph of a job, from all its tasks and edges.
    public static Folded of(TaskId job, List<Knot> tasks, List<Edge> edges) {
        return new Fold(job, tasks, edges).fold();
    }

    private Folded fold() {
        var keys = new LinkedHashMap<TaskId, String>();
        var loose = new ArrayList<Knot>();
        spread(job, keys, loose);
        keyLoose(loose, keys);
        return build(keys);
    }

    /// Gives each task the key of its box: its step for the tasks of steps; the loose ones are left over.
    private void spread(TaskId group, Map<TaskId, String> keys, List<Knot> loose) {
        var root = Objects.requireNonNull(tasks.get(job));
        if (group.equals(job) && !root.group()) {
            keys.put(job, "task " + job);
        }
        for (var child : children.getOrDefault(group, List.of())) {
            if (!child.group() && !children.containsKey(child.id())) {
                loose.add(child);
            } else if (holdsGroups(child)) {
                keys.put(child.id(), "group " + child.id());
                spread(child.id(), keys, loose);
            } else {
                swallow(child, "group " + child.id(), keys);
            }
        }
    }

    private boolean holdsGroups(Knot group) {
        return children.getOrDefault(group.id(), List.of()).stream().anyMatch(Knot::group);
    }

    private void swallow(Knot task, String key, Map<TaskId, String> keys) {
        boolean ownBox = !task.group() && children.containsKey(task.id());
        keys.put(task.id(), ownBox ? "task " + task.id() : key);
        children.getOrDefault(task.id(), List.of()).forEach(child -> swallow(child, key, keys));
    }

    private void keyLoose(List<Knot> loose, Map<TaskId, String> keys) {
        var ids = new HashSet<TaskId>();
        loose.forEach(task -> ids.add(task.id()));
        boolean connected = edges.stream().anyMatch(e -> ids.contains(e.upstream()) || ids.contains(e.downstream()));
        if (loose.size() <= (connected ? MOST - Math.min(MOST / 2, keys.size()) : LOOSE)) {
            loose.forEach(task -> keys.put(task.id(), "task " + task.id()));
            return;
        }
        if (!connected) {
            loose.forEach(task -> keys.put(task.id(), "loose " + task.parent().orElse(job)));
            return;
        }
        Function<Knot, String> stem = task -> "stem " + task.name().replaceAll("[0-9]+", "#");
        if (loose.stream().map(stem).distinct().count() <= MOST / 2) {
            loose.forEach(task -> keys.put(task.id(), stem.apply(task)));
            return;
        }
        var depths = depths(ids);
        loose.forEach(task -> keys.put(task.id(), "depth " + Math.min(MOST / 2, depths.getOrDefault(task.id(), 0))));
    }

    /// How many tasks come before each one, along the longest way.
    private Map<TaskId, Integer> depths(Set<TaskId> among) {
        var after = new HashMap<TaskId, List<TaskId>>();
        var missing = new HashMap<TaskId, Integer>();
        for (var edge : edges) {
            if (among.contains(edge.upstream()) && among.contains(edge.downstream())) {
                after.computeIfAbsent(edge.upstream(), u -> new ArrayList<>()).add(edge.downstream());
                missing.merge(edge.downstream(), 1, Integer::sum);
            }
        }
        var depths = new HashMap<TaskId, Integer>();
        var ready = new java.util.ArrayDeque<TaskId>();
        among.stream().filter(id -> !missing.containsKey(id)).forEach(ready::add);
        while (!ready.isEmpty()) {
            var task = ready.remove();
            int next = depths.getOrDefault(task, 0) + 1;
            for (var later : after.getOrDefault(task, List.of())) {
                depths.merge(later, next, Math::max);
                if (missing.merge(later, -1, Integer::sum) == 0) {
                    ready.add(later);
                }
            }
        }
        return depths;
    }

    private Folded build(Map<TaskId, String> keys) {
        var places = new LinkedHashMap<String, Integer>();
        var members = new ArrayList<List<Knot>>();
        var owners = new ArrayList<Knot>();
        for (var task : tasks.values()) {
            var key = keys.get(task.id());
            if (key == null) {
                continue;
            }
            int place = places.computeIfAbsent(key, k -> members.size());
            if (place == members.size()) {
                members.add(new ArrayList<>());
                owners.add(owner(key, task));
            }
            if (!task.group()) {
                members.get(place).add(task);
            }
        }
        var boxes = new ArrayList<Box>();
        for (int i = 0; i < members.size(); i++) {
            boxes.add(new Box(
                    owners.get(i).id(),
                    title(owners.get(i), members.get(i)),
                    members.get(i).stream().map(Knot::id).toList()));
        }
        return new Folded(boxes, links(keys, places));
    }

    private Knot owner(String key, Knot first) {
        return key.startsWith("group ")
                ? Objects.requireNonNull(tasks.get(new TaskId(Long.parseLong(key.substring("group ".length())))))
                : first;
    }

    private static String title(Knot owner, List<Knot> members) {
        return members.size() > 1 && !owner.group()
                ? owner.name().replaceAll("[\\s_.-]*[0-9]+$", "") + " …"
                : owner.name();
    }

    private Set<Link> distinct(List<Link> links) {
        return new LinkedHashSet<>(links);
    }

    private List<Link> links(Map<TaskId, String> keys, Map<String, Integer> places) {
        var links = new ArrayList<Link>();
        for (var edge : edges) {
            link(keys.get(edge.upstream()), keys.get(edge.downstream()), Kind.DEPENDENCY, places, links);
        }
        for (var task : tasks.values()) {
            if (!task.id().equals(job)) {
                link(keys.get(task.id()), keys.get(task.parent().orElse(job)), Kind.CHILD, places, links);
            }
        }
        return List.copyOf(distinct(links));
    }

    private static void link(
            @org.jspecify.annotations.Nullable String from,
            @org.jspecify.annotations.Nullable String to,
            Kind kind,
            Map<String, Integer> places,
            List<Link> into) {
        if (from != null && to != null && !from.equals(to)) {
            into.add(new Link(Objects.requireNonNull(places.get(from)), Objects.requireNonNull(places.get(to)), kind));
        }
    }
}
