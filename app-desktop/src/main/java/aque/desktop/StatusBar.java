package aque.desktop;

import aque.desktop.feed.Row;
import aque.desktop.theme.Figures;
import aque.desktop.theme.Style;
import aque.desktop.theme.Texts;
import aque.desktop.theme.Tone;
import aque.event.FeedStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.shape.Circle;

/// The foot of the window: may one believe what is shown, and how the farm is. FX thread.
final class StatusBar extends HBox {
    private static final PseudoClass LAGGING = PseudoClass.getPseudoClass("lagging");
    private static final PseudoClass OFFLINE = PseudoClass.getPseudoClass("offline");

    private final Session session;
    private final Label feed = new Label();
    private final Label workers = new Label();
    private final Label tasks = new Label();
    private final Tooltip hint = new Tooltip();

    StatusBar(Session session) {
        this.session = session;
        getStyleClass().add(Style.STATUS_BAR);
        var dot = new Circle(4);
        dot.getStyleClass().add("feed-dot");
        feed.setGraphic(dot);
        feed.setId("feed-status");
        feed.setTooltip(hint);
        var space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        var farm = session.farm;
        var database = new Label(Texts.of("status.database", farm.database(), farm.user()));
        getChildren().addAll(feed, workers, tasks, space, database);
        session.model.status().addListener((o, was, is) -> showFeed(is));
        session.model.listen(change -> showCounts());
        showFeed(session.model.status().get());
        showCounts();
    }

    private void showFeed(FeedStatus status) {
        pseudoClassStateChanged(LAGGING, status.state() == FeedStatus.State.LAGGING);
        pseudoClassStateChanged(OFFLINE, status.state() == FeedStatus.State.OFFLINE);
        var age = status.age(Instant.now());
        var key = "status." + status.state().name().toLowerCase(Locale.ROOT);
        feed.setText(Texts.of(key, age(age)));
        hint.setText(Texts.of(key + ".hint", Figures.exact(status.since())));
        feed.setAccessibleText(feed.getText());
    }

    private static String age(Duration age) {
        return age.toMillis() < 10_000 ? "%.1f s".formatted(age.toMillis() / 1000.0) : Figures.age(age);
    }

    private void showCounts() {
        var all = session.model.workers();
        long up = all.stream().filter(w -> w.state().equals("up")).count();
        long aside = all.size() - up;
        workers.setText(aside == 0 ? Texts.of("status.workers", up) : Texts.of("status.workers.aside", up, aside));
        var jobs = session.model.jobs();
        int running = sum(jobs, Tone.RUNNING);
        int waiting = sum(jobs, Tone.WAITING) + sum(jobs, Tone.PENDING);
        int errors = sum(jobs, Tone.ERROR);
        tasks.setText(Texts.of(
                "status.tasks", Figures.count(running), Figures.count(waiting), errors, Figures.count(errors)));
    }

    private static int sum(List<Row> jobs, Tone tone) {
        return jobs.stream().mapToInt(job -> job.tally().of(tone)).sum();
    }
}
