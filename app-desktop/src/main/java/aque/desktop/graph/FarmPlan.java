package aque.desktop.graph;

import aque.desktop.layout.GraphLayout.Spot;
import aque.farm.JobLink;
import aque.task.TaskId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Where the card of each job lies on the ground of the farm. Cards fill a growing square, so a card never moves: a
/// newcomer goes to the rim, or into a gap. Jobs that wait for each other lie side by side where they come together.
final class FarmPlan {
    static final double WIDTH = 240;
    static final double HEIGHT = 108;
    static final double GAP_X = 36;
    static final double GAP_Y = 24;

    private final Map<TaskId, Integer> cells = new HashMap<>();
    private final Map<Integer, TaskId> jobs = new HashMap<>();
    private final TreeSet<Integer> free = new TreeSet<>();
    private int next;

    /// Takes up exactly these jobs.
    void follow(Collection<TaskId> now, Set<JobLink> links) {
        var present = new HashSet<>(now);
        List.copyOf(cells.keySet()).stream().filter(id -> !present.contains(id)).forEach(this::remove);
        var added = now.stream().filter(id -> !cells.containsKey(id)).sorted().toList();
        if (!added.isEmpty()) {
            neighbourly(added, links).forEach(this::add);
        }
    }

    /// The card of a job.
    Optional<Spot> card(TaskId job) {
        return Optional.ofNullable(cells.get(job)).map(FarmPlan::spot);
    }

    /// The job whose card is at a place.
    Optional<TaskId> at(double x, double y) {
        int column = (int) Math.floor(x / (WIDTH + GAP_X));
        int row = (int) Math.floor(y / (HEIGHT + GAP_Y));
        if (column < 0 || row < 0) {
            return Optional.empty();
        }
        return Optional.ofNullable(jobs.get(cell(column, row)))
                .filter(job -> card(job).filter(spot -> spot.contains(x, y)).isPresent());
    }

    /// The jobs whose cards may reach into a part of the ground.
    List<TaskId> in(Spot part) {
        int most = (int) Math.ceil(Math.sqrt(Math.max(1, next))) - 1;
        int left = within(part.x() / (WIDTH + GAP_X), most);
        int right = within((part.x() + part.width()) / (WIDTH + GAP_X), most);
        int top = within(part.y() / (HEIGHT + GAP_Y), most);
        int bottom = within((part.y() + part.height()) / (HEIGHT + GAP_Y), most);
        var there = new ArrayList<TaskId>();
        for (int row = top; row <= bottom; row++) {
            for (int column = left; column <= right; column++) {
                Optional.ofNullable(jobs.get(cell(column, row))).ifPresent(there::add);
            }
        }
        return there;
    }

    private static int within(double cell, int most) {
        return (int) Math.clamp(Math.floor(cell), 0, most);
    }

    /// All cards and the ground between them.
    Spot bounds() {
        int side = (int) Math.ceil(Math.sqrt(Math.max(1, next)));
        int rows = next <= side * (side - 1) ? side - 1 : side;
        return new Spot(0, 0, side * (WIDTH + GAP_X) - GAP_X, Math.max(1, rows) * (HEIGHT + GAP_Y) - GAP_Y);
    }

    private void add(TaskId job) {
        var gap = free.pollFirst();
        int cell = gap == null ? next++ : gap;
        cells.put(job, cell);
        jobs.put(cell, job);
    }

    private void remove(TaskId job) {
        var cell = cells.remove(job);
        if (cell != null) {
            jobs.remove(cell);
            free.add(cell);
        }
    }

    /// Jobs in the order of their ids, but each followed by those that wait for it.
    private static List<TaskId> neighbourly(List<TaskId> added, Set<JobLink> links) {
        var after = new HashMap<TaskId, List<TaskId>>();
        links.forEach(link ->
                after.computeIfAbsent(link.upstream(), u -> new ArrayList<>()).add(link.downstream()));
        var waits = new HashSet<TaskId>();
        links.forEach(link -> waits.add(link.downstream()));
        var ordered = new java.util.LinkedHashSet<TaskId>();
        var wanted = new HashSet<>(added);
        added.stream()
                .sorted(Comparator.comparing((TaskId id) -> waits.contains(id))
                        .thenComparing(Comparator.naturalOrder()))
                .forEach(job -> follow(job, after, wanted, ordered));
        return List.copyOf(ordered);
    }

    private static void follow(TaskId job, Map<TaskId, List<TaskId>> after, Set<TaskId> wanted, Set<TaskId> ordered) {
        var rest = new java.util.ArrayDeque<TaskId>(List.of(job));
        while (!rest.isEmpty()) {
            var now = rest.pop();
            if (wanted.contains(now) && ordered.add(now)) {
                after.getOrDefault(now, List.of()).forEach(rest::push);
            }
        }
    }

    // Cell n of a square that grows by a column down its right side, then a row along its foot.

    private static Spot spot(int cell) {
        int side = (int) Math.floor(Math.sqrt(cell));
        int rest = cell - side * side;
        int column = rest < side ? side : rest - side;
        int row = rest < side ? rest : side;
        return new Spot(column * (WIDTH + GAP_X), row * (HEIGHT + GAP_Y), WIDTH, HEIGHT);
    }

    private static int cell(int column, int row) {
        return column > row ? column * column + row : row * row + row + column;
    }
}
