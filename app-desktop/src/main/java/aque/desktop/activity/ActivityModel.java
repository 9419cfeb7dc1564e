package aque.desktop.activity;

import aque.desktop.action.Notices;
import aque.desktop.feed.Background;
import aque.desktop.feed.Farm;
import aque.desktop.theme.Texts;
import aque.farm.ActionView;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// The latest actions of everybody. Who owns what somebody else acted on is told at once. FX thread, no toolkit.
public final class ActivityModel {
    private static final int MOST = 300;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Farm farm;
    private final Background background;
    private final Notices notices;
    private final ReadOnlyObjectWrapper<List<ActionView>> latest = new ReadOnlyObjectWrapper<>(List.of());
    private String head = "";
    private boolean known;

    public ActivityModel(Farm farm, Background background, Notices notices) {
        this.farm = farm;
        this.background = background;
        this.notices = notices;
    }

    // Properties

    /// The newest first.
    public ReadOnlyObjectProperty<List<ActionView>> latest() {
        return latest.getReadOnlyProperty();
    }

    // Commands

    /// Starts to look. A look costs two index entries while nobody does anything, so a busy farm makes it no dearer.
    public void start() {
        background.every("activity", PAUSE, this::look);
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
