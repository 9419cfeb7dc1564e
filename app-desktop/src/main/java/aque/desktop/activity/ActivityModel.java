package aque.desktop.activity;

import aque.desktop.action.Notices;
import aque.desktop.feed.Background;
import aque.desktop.feed.Farm;
import aque.desktop.feed.Selection;
import aque.desktop.theme.Figures;
import aque.desktop.theme.Texts;
import aque.farm.ActionView;
import aque.farm.LogBudgetStore.Load;
import aque.task.TaskId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// The latest actions of everybody, and who writes most when the farm's logs have nearly used up their budget. Who owns
/// what somebody else acted on is told at once. FX thread, no toolkit.
public final class ActivityModel {
    private static final int MOST = 300;
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LOGS = Duration.ofSeconds(20);
    private static final int WRITERS = 5;

    private final Farm farm;
    private final Background background;
    private final Notices notices;
    private final Selection selection;
    private final ReadOnlyObjectWrapper<List<ActionView>> latest = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<Load> logs =
            new ReadOnlyObjectWrapper<>(new Load(0, OptionalLong.empty(), List.of()));
    private String head = "";
    private boolean known;

    public ActivityModel(Farm farm, Background background, Notices notices, Selection selection) {
        this.farm = farm;
        this.background = background;
        this.notices = notices;
        this.selection = selection;
    }

    // Properties

    /// The newest first.
    public ReadOnlyObjectProperty<List<ActionView>> latest() {
        return latest.getReadOnlyProperty();
    }

    /// How full the budget of the farm's logs is, and who fills it.
    public ReadOnlyObjectProperty<Load> logs() {
        return logs.getReadOnlyProperty();
    }

    // Commands

    /// Starts to look. A look costs two index entries while nobody does anything, so a busy farm makes it no dearer.
    public void start() {
        background.every("activity", PAUSE, this::look);
        background.every("logs", LOGS, this::lookAtLogs);
    }

    /// This job is chosen, for what is to be done to it.
    void select(TaskId job) {
        selection.only(job);
    }

    private void lookAtLogs() {
        var now = farm.logBudget().load(WRITERS);
        background.later(() -> showLogs(now));
    }

    private void showLogs(Load now) {
        var was = logs.get().isTight();
        logs.set(now);
        if (now.isTight() && !was) {
            notices.tell(Texts.of("activity.logs.told", amount(now)));
        }
    }

    /// `Logs take 410 GB of 500 GB`
    static String amount(Load load) {
        return Texts.of(
                "activity.logs",
                Figures.bytes(load.bytes()),
                Figures.bytes(load.budget().orElse(0)));
    }

    private void look() {
        var now = farm.actions().head();
        if (!now.equals(head)) {
            var read = farm.actions().latest(MOST);
            head = now;
            background.later(() -> show(read));
        }
    }

    private void show(List<ActionView> now) {
        long last = latest.get().stream().mapToLong(ActionView::id).max().orElse(0);
        if (known) {
            now.stream()
                    .filter(action -> action.id() > last && concernsMe(action))
                    .findFirst()
                    .ifPresent(this::tell);
        }
        known = true;
        latest.set(now);
    }

    private boolean concernsMe(ActionView action) {
        return !action.actor().equals(farm.user()) && action.owners().contains(farm.user());
    }

    private void tell(ActionView action) {
        var why = Optional.of(action.why()).filter(w -> !w.isEmpty());
        notices.tell(Texts.of(
                why.isPresent() ? "activity.told.why" : "activity.told",
                action.actor(),
                action.verb(),
                action.tasks(),
                action.what(),
                why.orElse("")));
    }
}
