package aque.desktop.feed;

import aque.desktop.theme.Tone;
import aque.farm.JobSummary;
import aque.task.TaskId;
import aque.task.TaskKind;
import aque.task.TaskView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javafx.beans.value.ObservableValueBase;
import org.jspecify.annotations.Nullable;

/// A task on the screen: one object for its whole life, changed in place. It is its own observable value, so a cell
/// that shows it hears of every change and nothing else does. FX thread.
public final class Row extends ObservableValueBase<Row> {
    // A job of 100,000 tasks is as many rows: one without children has neither a list nor counts of its own.
    private List<Row> children = List.of();
    private Tally tally = Tally.NONE;
    private TaskView view;
    private @Nullable Row parent;
    private boolean summed;
    private boolean nested;
    private Map<String, String> labels = Map.of();
    private Tone own;

    Row(TaskView view) {
        this.view = view;
        this.own = Tone.of(view);
    }

    @Override
    public Row getValue() {
        return this;
    }

    public TaskId id() {
        return view.id();
    }

    public TaskView view() {
        return view;
    }

    /// The rows below it in order of their ids; empty for a job that is not open.
    public List<Row> children() {
        return Collections.unmodifiableList(children);
    }

    public Optional<Row> parent() {
        return Optional.ofNullable(parent);
    }

    /// Counts of the tasks below it; for a job always, for others once its job is open.
    public Tally tally() {
        return tally;
    }

    /// Of a job: show, shot, version … by lower case name.
    public Map<String, String> labels() {
        return labels;
    }

    public boolean isGroup() {
        return view.kind() == TaskKind.GROUP;
    }

    /// May there be rows below it?
    public boolean isContainer() {
        return isGroup() || !children.isEmpty() || (summed && tally.total() > 1);
    }

    /// How it is shown: its own state, or for a group what goes on inside.
    public Tone tone() {
        if (view.stopsAt().isPresent()) {
            return Tone.STOPPING;
        }
        return isGroup() ? tally.tone(view.state()) : own;
    }

    /// Itself, or all tasks below it that are no groups.
    public List<Row> leaves() {
        if (isGroup() && !nested) {
            return children();
        }
        var leaves = new ArrayList<Row>();
        collect(leaves);
        return leaves;
    }

    /// Tells the cells that show it, and nobody else. The clock does it every second for what runs.
    public void touch() {
        fireValueChangedEvent();
    }

    void set(JobSummary job, Set<Row> changed) {
        summed = true;
        view = job.root();
        labels = job.labels();
        own = Tone.of(view);
        ownTally().set(job);
        changed.add(this);
    }

    /// Takes over a newer look at the same task.
    ///
    /// @param changed gets every row that looks different now; who calls this touches each of them once
    void set(TaskView now, Set<Row> changed) {
        var is = Tone.of(now);
        if (!isGroup()) {
            recount(own, is, changed);
        }
        view = now;
        own = is;
        changed.add(this);
    }

    /// Puts a row below this one; `count` follows when the whole tree stands.
    void adopt(Row child) {
        child.parent = this;
        if (children.isEmpty()) {
            children = new ArrayList<>();
        }
        children.add(child);
        nested |= child.isGroup();
        if (parent != null && !isGroup()) {
            parent.nested = true;
        }
    }

    /// Takes part in the counts of the groups above.
    void count() {
        for (var group = parent; group != null && !isGroup(); group = group.parent) {
            if (!group.summed) {
                group.ownTally().add(own);
            }
        }
    }

    /// Takes over the children of a newer look at the same task.
    void become(Row newer) {
        children = List.of();
        newer.children.forEach(this::adopt);
        nested |= newer.nested;
        if (!summed) {
            ownTally().copy(newer.tally);
        }
    }

    /// Forgets what is below it.
    void close() {
        children = List.of();
    }

    private Tally ownTally() {
        if (tally == Tally.NONE) {
            tally = new Tally();
        }
        return tally;
    }

    private void recount(Tone was, Tone is, Set<Row> changed) {
        if (was == is) {
            return;
        }
        for (var group = parent; group != null; group = group.parent) {
            if (!group.summed) {
                group.ownTally().remove(was);
                group.ownTally().add(is);
                changed.add(group);
            }
        }
    }

    private void collect(List<Row> leaves) {
        if (!isGroup()) {
            leaves.add(this);
        }
        children.forEach(child -> child.collect(leaves));
    }
}
