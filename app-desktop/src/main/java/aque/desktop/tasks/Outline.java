package aque.desktop.tasks;

import aque.desktop.feed.Row;
import aque.task.TaskId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javafx.collections.ObservableListBase;

/// The tree as the flat list of its lines that are unfolded: what a table shows. A control for trees keeps an item with
/// listeners for each of 100,000 tasks and walks them all; here a task costs a record, and unfolding a step one insert.
/// FX thread.
final class Outline extends ObservableListBase<Line> {
    private final Supplier<Comparator<Row>> order;
    private final Set<TaskId> unfolded = new HashSet<>();
    private final Set<TaskId> foldedFound = new HashSet<>();
    private final Map<TaskId, Line.Item> jobs = new HashMap<>();
    private final Map<TaskId, List<Line.Item>> branches = new HashMap<>();
    private List<Section> sections = List.of();
    private Map<TaskId, List<Row>> found = Map.of();
    private List<Line> lines = List.of();

    /// @param order how tasks stand within their group
    Outline(Supplier<Comparator<Row>> order) {
        this.order = order;
    }

    @Override
    public Line get(int index) {
        return lines.get(index);
    }

    @Override
    public int size() {
        return lines.size();
    }

    /// Where a row stands; -1 while what is above it is folded.
    int indexOf(TaskId id) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i) instanceof Line.Item(var row, var depth)
                    && row.id().equals(id)) {
                return i;
            }
        }
        return -1;
    }

    /// The row at a place; none for a heading, and outside.
    Optional<Row> row(int index) {
        return index >= 0 && index < lines.size() && lines.get(index) instanceof Line.Item(var row, var depth)
                ? Optional.of(row)
                : Optional.empty();
    }

    /// Where the row stands that the one at this place is below; -1 for a job.
    int above(int index) {
        int at = index - 1;
        while (at >= 0 && depth(at) >= depth(index)) {
            at--;
        }
        return depth(index) == 0 ? -1 : at;
    }

    private int depth(int index) {
        return lines.get(index) instanceof Line.Item(var row, var depth) ? depth : -1;
    }

    /// While tasks are found, each job shows them until it is folded.
    boolean isUnfolded(Row row) {
        return found.isEmpty() ? unfolded.contains(row.id()) : !foldedFound.contains(row.id());
    }

    /// The jobs that are unfolded, of those that are shown.
    List<TaskId> unfoldedJobs() {
        return jobs.keySet().stream().filter(unfolded::contains).toList();
    }

    /// Shows exactly these jobs in this order.
    void show(List<Section> now) {
        show(now, Map.of());
    }

    /// Shows these jobs, below each of them nothing but the tasks that were found in it.
    void show(List<Section> now, Map<TaskId, List<Row>> foundNow) {
        if (!found.equals(foundNow)) {
            branches.clear();
        }
        sections = now;
        found = foundNow;
        refresh();
    }

    void unfold(TaskId row) {
        if (found.isEmpty() ? unfolded.add(row) : foldedFound.remove(row)) {
            refresh();
        }
    }

    void fold(TaskId row) {
        if (found.isEmpty() ? unfolded.remove(row) : foldedFound.add(row)) {
            branches.remove(row);
            refresh();
        }
    }

    /// What is below these jobs is another now.
    void reshape(Collection<TaskId> these) {
        branches.values()
                .removeIf(branch -> !branch.isEmpty()
                        && these.contains(branch.getFirst().row().view().job()));
        refresh();
    }

    /// The order of tasks is another now.
    void reorder() {
        branches.clear();
        refresh();
    }

    private void refresh() {
        var now = new ArrayList<Line>(lines.size() + 16);
        var gone = new HashSet<>(jobs.keySet());
        for (var section : sections) {
            if (!section.title().isEmpty()) {
                now.add(heading(section));
            }
            for (var job : section.jobs()) {
                gone.remove(job.id());
                append(jobs.compute(job.id(), (id, was) -> was != null && was.row() == job ? was : item(job, 0)), now);
            }
        }
        jobs.keySet().removeAll(gone);
        replace(now);
    }

    /// The same line as long as it says the same: a line that stays is not painted again.
    private Line heading(Section section) {
        var heading = new Line.Heading(section.title(), section.jobs().size());
        return lines.stream().filter(heading::equals).findFirst().orElse(heading);
    }

    private void append(Line.Item line, List<Line> to) {
        to.add(line);
        if (line.row().isContainer() && isUnfolded(line.row())) {
            branch(line).forEach(child -> append(child, to));
        }
    }

    private List<Line.Item> branch(Line.Item line) {
        var row = line.row();
        var below = found.isEmpty() ? row.children() : found.getOrDefault(row.id(), List.of());
        if (below.isEmpty()) {
            return List.of();
        }
        return branches.computeIfAbsent(
                row.id(),
                id -> sorted(below).map(child -> item(child, line.depth() + 1)).toList());
    }

    private Stream<Row> sorted(List<Row> rows) {
        var by = order.get();
        return Objects.equals(by, TasksModel.NEWEST_FIRST)
                ? rows.stream()
                : rows.stream().sorted(by);
    }

    private static Line.Item item(Row row, int depth) {
        return new Line.Item(row, depth);
    }

    /// Tells the table of the one range that differs.
    private void replace(List<Line> now) {
        var was = lines;
        int shorter = Math.min(was.size(), now.size());
        int same = 0;
        while (same < shorter && was.get(same) == now.get(same)) {
            same++;
        }
        int tail = 0;
        while (tail < shorter - same && was.get(was.size() - 1 - tail) == now.get(now.size() - 1 - tail)) {
            tail++;
        }
        var removed = List.copyOf(was.subList(same, was.size() - tail));
        if (removed.isEmpty() && same + tail == now.size()) {
            return;
        }
        beginChange();
        lines = now;
        nextReplace(same, now.size() - tail, removed);
        endChange();
    }
}
