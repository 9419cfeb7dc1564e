package aque.desktop.tasks;

import aque.desktop.feed.Background;
import aque.desktop.feed.Farm;
import aque.desktop.feed.FarmModel;
import aque.desktop.feed.Row;
import aque.desktop.query.Query;
import aque.desktop.query.TaskQuest;
import aque.task.TaskId;
import aque.task.TaskView;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// Searches among all tasks of the farm and their attempts, for what a job's row cannot answer. Looks again every few
/// seconds while something changes. FX thread, no toolkit.
public final class FindModel {
    /// More than anybody reads; whoever needs all of them narrows the search.
    static final int MOST = 20_000;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration AGAIN = Duration.ofSeconds(3);

    private final Farm farm;
    private final FarmModel model;
    private final Background background;
    private final ReadOnlyObjectWrapper<Map<TaskId, List<Row>>> found = new ReadOnlyObjectWrapper<>(Map.of());
    private Query query = Query.ALL;
    private boolean searches;
    private boolean dirty;
    private Optional<Instant> asked = Optional.empty();
    private long wanted;

    public FindModel(Farm farm, FarmModel model, Background background) {
        this.farm = farm;
        this.model = model;
        this.background = background;
        model.listen(change -> dirty = true);
        // Also what changes right after a look is looked at.
        background.every("find", AGAIN, () -> background.later(this::lookAgain));
    }

    // Properties

    /// What was found, by job; empty while nothing asks for tasks.
    ReadOnlyObjectProperty<Map<TaskId, List<Row>>> found() {
        return found.getReadOnlyProperty();
    }

    /// Does the search ask for tasks?
    boolean searches() {
        return searches;
    }

    // Commands

    void search(Query now) {
        query = now;
        searches = !now.ofTasks(farm.user(), Instant.now()).isEmpty();
        wanted++;
        asked = Optional.empty();
        if (searches) {
            look();
        } else if (!found.get().isEmpty()) {
            show(List.of());
        }
    }

    private void lookAgain() {
        if (searches && !waits() && (dirty || asked.isPresent())) {
            look();
        }
    }

    /// A question that was cut off with the database gets no answer: it is asked again.
    private boolean waits() {
        return asked.filter(at -> at.plus(PATIENCE).isAfter(Instant.now())).isPresent();
    }

    private void look() {
        long mine = ++wanted;
        dirty = false;
        asked = Optional.of(Instant.now());
        var quests = query.ofTasks(farm.user(), Instant.now());
        background.run(
                "find",
                () -> quests.stream()
                        .map(quest -> new Found(quest, farm.store().find(quest.search(), MOST)))
                        .toList(),
                found -> {
                    if (mine == wanted) {
                        asked = Optional.empty();
                        show(found.stream().flatMap(this::kept).distinct().toList());
                    }
                });
    }

    private record Found(TaskQuest quest, List<TaskView> tasks) {}

    private Stream<TaskView> kept(Found found) {
        return found.tasks().stream()
                .filter(task -> model.job(task.job())
                        .filter(job -> found.quest().keeps(job, task))
                        .isPresent());
    }

    private void show(List<TaskView> tasks) {
        found.set(model.found(this, tasks).stream()
                .collect(Collectors.groupingBy(row -> row.view().job(), LinkedHashMap::new, Collectors.toList())));
    }
}
