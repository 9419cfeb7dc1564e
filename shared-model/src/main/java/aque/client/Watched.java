package aque.client;

import aque.event.FarmEvent;
import aque.farm.FarmStore;
import aque.task.TaskId;
import aque.task.TaskKind;
import aque.task.TaskView;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The handles that have not ended: those that an event may be about are looked at. Any thread.
final class Watched {
    private final FarmStore farm;
    private final Map<TaskId, Handle> open = new ConcurrentHashMap<>();

    Watched(FarmStore farm) {
        this.farm = farm;
    }

    Handle handle(TaskId id, Function<TaskView, Handle> make) {
        var known = open.get(id);
        if (known != null) {
            return known;
        }
        var task = farm.task(id).orElseThrow(() -> gone(id));
        var handle = open.computeIfAbsent(id, i -> make.apply(task));
        look(Set.of(id)); // it may have ended before anybody watched it
        return handle;
    }

    void look(List<FarmEvent> events) {
        var ids = new HashSet<TaskId>();
        events.forEach(event -> ids.addAll(about(event)));
        if (!ids.isEmpty()) {
            look(ids);
        }
    }

    /// A group ends with its members, and of its job somebody always says so.
    private Collection<TaskId> about(FarmEvent event) {
        return switch (event) {
            case FarmEvent.TasksChanged(var tasks) -> {
                var said = Set.copyOf(tasks);
                yield those(h -> said.contains(h.id())
                        || h.start().kind() == TaskKind.GROUP
                                && said.contains(h.start().job()));
            }
            case FarmEvent.JobsChanged(var jobs) ->
                those(h -> jobs.contains(h.start().job()));
            case FarmEvent.JobsRemoved(var jobs) ->
                those(h -> jobs.contains(h.start().job()));
            case FarmEvent.Resync() -> open.keySet();
            case FarmEvent.JobSubmitted(var job) -> List.of();
            case FarmEvent.WorkerChanged(var worker) -> List.of();
        };
    }

    private Collection<TaskId> those(java.util.function.Predicate<Handle> which) {
        return open.values().stream().filter(which).map(Handle::id).toList();
    }

    private void look(Collection<TaskId> ids) {
        var now = farm.tasks(ids).stream().collect(Collectors.toMap(TaskView::id, t -> t));
        for (var id : List.copyOf(ids)) {
            var task = now.get(id);
            if (task == null) {
                taken(id).ifPresent(handle -> handle.fail(gone(id)));
            } else if (task.state().ended()) {
                taken(id).ifPresent(handle -> handle.end(task));
            }
        }
    }

    private Optional<Handle> taken(TaskId id) {
        return Optional.ofNullable(open.remove(id));
    }

    private static NoSuchElementException gone(TaskId id) {
        return new NoSuchElementException("there is no task " + id);
    }

    void close() {
        open.values().forEach(h -> h.fail(new CancellationException("the client was closed")));
        open.clear();
    }
}
