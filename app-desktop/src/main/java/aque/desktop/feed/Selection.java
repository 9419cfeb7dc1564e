package aque.desktop.feed;

import aque.task.TaskId;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// What is selected, as task ids: the tree, the graph and the actions share it. Not a control's selection model, which
/// takes seconds for one insert when 20,000 rows are selected. FX thread.
public final class Selection {
    private final Set<TaskId> ids = new LinkedHashSet<>();
    private final ReadOnlyObjectWrapper<Optional<TaskId>> lead = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final java.util.List<Runnable> listeners = new java.util.ArrayList<>();

    /// All that is selected, in the order in which it was.
    public Set<TaskId> ids() {
        return Collections.unmodifiableSet(ids);
    }

    public boolean contains(TaskId id) {
        return ids.contains(id);
    }

    /// The one that inspector, log and graph show: the last that was clicked.
    public ReadOnlyObjectProperty<Optional<TaskId>> lead() {
        return lead.getReadOnlyProperty();
    }

    /// Selects one and nothing else.
    public void only(TaskId id) {
        set(Set.of(id), id);
    }

    /// Selects these, shows `shown`.
    public void set(Collection<TaskId> these, TaskId shown) {
        ids.clear();
        ids.addAll(these);
        lead.set(Optional.of(shown));
        tell();
    }

    /// Adds one to the selection, or takes it out.
    public void toggle(TaskId id) {
        if (!ids.remove(id)) {
            ids.add(id);
            lead.set(Optional.of(id));
        }
        tell();
    }

    public void clear() {
        ids.clear();
        lead.set(Optional.empty());
        tell();
    }

    /// Runs after every change.
    public void listen(Runnable listener) {
        listeners.add(listener);
    }

    private void tell() {
        listeners.forEach(Runnable::run);
    }
}
