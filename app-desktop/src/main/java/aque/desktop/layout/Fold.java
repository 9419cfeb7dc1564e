package aque.desktop.layout;

import aque.desktop.layout.Folded.Box;
import aque.desktop.layout.Folded.Kind;
import aque.desktop.layout.Folded.Link;
import aque.desktop.layout.Folded.Place;
import aque.task.TaskId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Folds a job: a step is one box, whatever its size, unless a person unfolded it. Loose tasks below the root are boxes
/// of their own while they are few; many without dependencies among them become one box, many with them one box for
/// each stem of their names, and where that is still too much, one for each depth. Another job that it waits for, or
/// that waits for it, is a box too. Pure; runs off the FX thread.
public final class Fold {
    /// More boxes than this nobody reads who did not ask for them.
    public static final int MOST = 300;
    /// More tasks than this are not unfolded: even as dots they would not fit a screen.
    public static final int MOST_UNFOLDED = 20_000;
    /// Loose tasks that are shown one by one although nothing connects them.
    private static final int LOOSE = 24;

    private final Map<TaskId, Knot> tasks = new LinkedHashMap<>();
    private final Map<TaskId, List<Knot>> children = new HashMap<>();
    private final Set<TaskId> opened = new HashSet<>();
    private final Graph graph;
    private final TaskId job;
    private final Unfold unfold;

    private Fold(Graph graph, Unfold unfold) {
        this.graph = graph;
        this.job = graph.job();
        this.unfold = graph.tasks().size() > MOST_UNFOLDED && unfold.all() ? Unfold.NOTHING : unfold;
        graph.tasks().stream().sorted(Comparator.comparing(Knot::id)).forEach(task -> tasks.put(task.id(), task));
        tasks.values().stream()
                .filter(task -> !task.id().equals(job))
                .forEach(task -> children.computeIfAbsent(task.parent().orElse(job), p -> new ArrayList<>())
                        .add(task));
    }

    /// A job folded as far as possible.
    public static Folded of(Graph graph) {
        return of(graph, Unfold.NOTHING);
    }

    /// The same with what a person has unfolded.
    public static Folded of(Graph graph, Unfold unfold) {
        return new Fold(graph, unfold).fold();
    }

    private Folded fold() {
        var keys = new LinkedHashMap<TaskId, String>();
        var loose = new ArrayList<Knot>();
        spread(job, keys, loose);
        keyLoose(loose, keys);
        graph.outside().forEach((task, other) -> keys.put(task, "outside " + other));
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
            } else if (child.group() && opens(child.id())) {
                keys.put(child.id(), "group " + child.id());
                opened.add(child.id());
                children.getOrDefault(child.id(), List.of()).forEach(task -> swallow(task, "task " + task.id(), keys));
            } else {
                swallow(child, "group " + child.id(), keys);
            }
        }
    }

    private boolean opens(TaskId group) {
        int size = children.getOrDefault(group, List.of()).size();
        return size > 0 && size <= MOST_UNFOLDED && unfold.shows(group);
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
        boolean connected =
                graph.edges().stream().anyMatch(e -> ids.contains(e.upstream()) || ids.contains(e.downstream()));
        if (loose.size() <= (connected ? MOST - Math.min(MOST / 2, keys.size()) : LOOSE)
                || loose.size() <= MOST_UNFOLDED && unfold.shows(job)) {
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
        for (var edge : graph.edges()) {
            if (among.contains(edge.upstream()) && among.contains(edge.downstream())) {
                after.computeIfAbsent(edge.upstream(), u -> new ArrayList<>()).add(edge.downstream());
                missing.merge(edge.downstream(), 1, Integer::sum);
            }
        }
        var depths = new HashMap<TaskId, Integer>();
        var ready = new ArrayDeque<TaskId>();
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
            boxes.add(box(owners.get(i), members.get(i)));
        }
        graph.outside().values().stream().distinct().sorted().forEach(other -> {
            places.put("outside " + other, boxes.size());
            boxes.add(new Box(other, other.toString(), List.of(), Place.OUTSIDE));
        });
        return new Folded(boxes, links(keys, places));
    }

    private Box box(Knot owner, List<Knot> members) {
        boolean joint = members.isEmpty() && (opened.contains(owner.id()) || holdsGroups(owner));
        return new Box(
                owner.id(),
                title(owner, members),
                members.stream().map(Knot::id).toList(),
                joint ? Place.JOINT : Place.INSIDE);
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

    private List<Link> links(Map<TaskId, String> keys, Map<String, Integer> places) {
        var links = new LinkedHashSet<Link>();
        for (var edge : graph.edges()) {
            var from = place(edge.upstream(), keys, places);
            var after = opened.contains(edge.downstream()) ? childIds(edge.downstream()) : List.of(edge.downstream());
            after.forEach(later -> link(from, place(later, keys, places), Kind.DEPENDENCY, links));
        }
        for (var task : tasks.values()) {
            if (!task.id().equals(job)) {
                var parent = place(task.parent().orElse(job), keys, places);
                link(place(task.id(), keys, places), parent, Kind.CHILD, links);
            }
        }
        return List.copyOf(links);
    }

    /// What comes before an unfolded step comes before each of its tasks.
    private List<TaskId> childIds(TaskId group) {
        return children.getOrDefault(group, List.of()).stream().map(Knot::id).toList();
    }

    private static Optional<Integer> place(TaskId task, Map<TaskId, String> keys, Map<String, Integer> places) {
        return Optional.ofNullable(keys.get(task)).map(places::get);
    }

    private static void link(Optional<Integer> from, Optional<Integer> to, Kind kind, Set<Link> into) {
        if (from.isPresent() && to.isPresent() && !from.equals(to)) {
            into.add(new Link(from.get(), to.get(), kind));
        }
    }
}
