package aque.desktop.inspect;

import aque.desktop.action.CommandText;
import aque.desktop.control.Clock;
import aque.desktop.feed.Row;
import aque.desktop.feed.Selection;
import aque.desktop.inspect.InspectModel.Look;
import aque.desktop.theme.Figures;
import aque.desktop.theme.Icons;
import aque.desktop.theme.Style;
import aque.desktop.theme.Texts;
import aque.desktop.theme.Tone;
import aque.farm.ActionView;
import aque.farm.AttemptView;
import aque.farm.Reason;
import aque.farm.TaskDetails;
import aque.farm.Why;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// The chosen task in a few lines of words. FX thread.
public final class InspectView extends VBox {
    private final InspectModel model;
    private final Selection selection;
    private final Fixes fixes;
    private final HBox crumbs = new HBox(4);
    private final GridPane fields = new GridPane(10, 5);

    public InspectView(InspectModel model, Selection selection, Fixes fixes) {
        this.model = model;
        this.selection = selection;
        this.fixes = fixes;
        getStyleClass().add(Style.PANEL);
        crumbs.getStyleClass().add(Style.CRUMBS);
        var names = new ColumnConstraints(84);
        var values = new ColumnConstraints();
        values.setHgrow(Priority.ALWAYS);
        values.setFillWidth(true);
        fields.getColumnConstraints().addAll(names, values);
        getChildren().addAll(crumbs, fields);
        model.look().addListener((o, was, is) -> show(is));
        show(model.look().get());
        // Ages and predictions move on while nothing happens.
        Clock.whileShown(this, Duration.ofSeconds(10), this::showAgain);
    }

    private void showAgain() {
        // What is made anew would take the keyboard away from a link.
        if (isFocusWithin()) {
            return;
        }
        show(model.look().get());
        model.again();
    }

    private void show(Optional<Look> look) {
        crumbs.getChildren().clear();
        fields.getChildren().clear();
        if (look.isEmpty()) {
            var empty = new Label(Texts.of("inspect.empty"));
            empty.getStyleClass().add(Style.MUTED);
            crumbs.getChildren().add(empty);
            return;
        }
        showCrumbs(look.get().row());
        showFields(look.get());
    }

    private void showCrumbs(Row row) {
        crumbs.getChildren().add(Icons.glyph(row.tone(), 14));
        var above = new ArrayList<Row>();
        for (var up = row.parent(); up.isPresent(); up = up.get().parent()) {
            above.addFirst(up.get());
        }
        for (var each : above) {
            var link = new Hyperlink(each.view().name());
            link.setOnAction(e -> {
                fixes.leave().run();
                selection.only(each.id());
            });
            link.setAccessibleText(Texts.of("inspect.up", each.view().name()));
            var arrow = new Label("▸");
            arrow.getStyleClass().add(Style.MUTED);
            crumbs.getChildren().addAll(link, arrow);
        }
        var name = new Label(row.view().name());
        name.getStyleClass().add(Style.STRONG);
        name.setTooltip(new Tooltip(Texts.of("inspect.id", row.view().name(), row.id())));
        crumbs.getChildren().add(name);
    }

    private void showFields(Look look) {
        var row = look.row();
        var found = look.found();
        field("state", state(row), false);
        if (!row.view().worker().isEmpty()) {
            field("on", on(row), false);
        }
        found.details().ifPresent(details -> {
            if (!row.isGroup()) {
                field("asked", asked(details), false);
            }
            lines("size", details.sizes());
            if (!details.labels().isEmpty()) {
                field("labels", String.join("\n", labels(details)), false);
            }
            details.predictedEnd().ifPresent(end -> field("end", ends(end), false));
            earlier(details).ifPresent(tries -> field("tries", tries, false));
        });
        if (!found.why().isEmpty()) {
            field("why", new VBox(4, found.why().stream().map(this::why).toArray(Node[]::new)));
        }
        neighbours("before", found.before());
        neighbours("after", found.after());
        lines(
                "notes",
                found.notes().stream()
                        .map(n -> Texts.of(
                                "inspect.note",
                                n.actor(),
                                Figures.age(Duration.between(n.at(), Instant.now())),
                                n.text()))
                        .toList());
        lines("history", found.history().stream().map(InspectView::done).toList());
        found.details().filter(d -> !d.command().isEmpty()).ifPresent(details -> {
            field("command", CommandText.arguments(details.command()), true);
            field("folder", details.cwd(), true);
        });
    }

    private static List<String> labels(TaskDetails details) {
        return new TreeMap<>(details.labels())
                .entrySet().stream().map(l -> l.getKey() + " " + l.getValue()).toList();
    }

    private static String ends(Instant end) {
        var left = Duration.between(Instant.now(), end);
        return Texts.of("inspect.ends", Figures.age(left.isNegative() ? Duration.ZERO : left), Figures.minute(end));
    }

    private void lines(String key, List<String> lines) {
        if (!lines.isEmpty()) {
            field(key, String.join("\n", lines), false);
        }
    }

    /// `ann, 3 min: hold boat (120) — wrong camera`
    private static String done(ActionView action) {
        var what = action.args().isEmpty() || action.verb().equals("submit")
                ? action.verb()
                : action.verb() + " " + action.args();
        var line = Texts.of(
                "inspect.done",
                action.actor(),
                Figures.age(Duration.between(action.at(), Instant.now())),
                what,
                action.tasks());
        return action.why().isEmpty() ? line : Texts.of("inspect.done.why", line, action.why());
    }

    /// Each as a link that leads there, with the glyph of its state.
    private void neighbours(String key, InspectModel.Neighbours tasks) {
        if (tasks.first().isEmpty()) {
            return;
        }
        var links = new FlowPane(10, 2);
        for (var task : tasks.first()) {
            var tone = Tone.of(task);
            var link = new Hyperlink(model.name(task), Icons.glyph(tone, 11));
            link.setId("inspect-" + key + "-" + task.id());
            link.setAccessibleText(Texts.of("inspect.neighbour", model.name(task), tone.word()));
            link.setTooltip(new Tooltip(link.getAccessibleText()));
            link.setOnAction(e -> {
                fixes.leave().run();
                fixes.goTo().accept(task.id());
            });
            links.getChildren().add(link);
        }
        if (tasks.more() > 0) {
            var more = new Label(Texts.of("inspect.more", Figures.count(tasks.more())));
            more.getStyleClass().add(Style.MUTED);
            links.getChildren().add(more);
        }
        field(key, links);
    }

    /// A reason, and beneath it what somebody can do about it.
    private VBox why(Reason reason) {
        var words = new Label(reason.words());
        words.getStyleClass().add(Style.FIELD_VALUE);
        words.setWrapText(true);
        var box = new VBox(2, words);
        var links = reason.mend().stream()
                .flatMap(mend -> fixes.of(mend).stream())
                .map(this::link)
                .toList();
        if (!links.isEmpty()) {
            box.getChildren().add(new FlowPane(10, 2, links.toArray(Node[]::new)));
        }
        return box;
    }

    private Hyperlink link(Fixes.Fix fix) {
        var link = new Hyperlink(fix.title());
        link.getStyleClass().add("fix");
        link.setOnAction(e -> {
            fixes.leave().run();
            fix.run().run();
        });
        return link;
    }

    private void field(String key, String text, boolean code) {
        var value = new Label(text);
        value.getStyleClass().add(code ? Style.MONO : Style.FIELD_VALUE);
        value.setWrapText(!code);
        value.setMaxWidth(Double.MAX_VALUE);
        value.setTooltip(new Tooltip(text));
        field(key, value);
    }

    private void field(String key, Node value) {
        var name = new Label(Texts.of("inspect." + key));
        name.getStyleClass().add(Style.FIELD_NAME);
        name.setLabelFor(value);
        GridPane.setValignment(name, VPos.TOP);
        fields.addRow(fields.getRowCount(), name, value);
    }

    private static String state(Row row) {
        var task = row.view();
        var words = new ArrayList<String>();
        words.add(row.tone().word());
        if (row.isGroup()) {
            words.add(Texts.of(
                    "inspect.counts", row.tally().of(Tone.SUCCESS), row.tally().total()));
        } else if (task.progress() >= 0 && task.state().active()) {
            words.add(Figures.percent(task.progress()));
        }
        if (task.exitCode().isPresent() && row.tone() == Tone.ERROR) {
            words.add(Texts.of("state.exit", task.exitCode().getAsInt()));
        }
        if (!task.status().isEmpty()) {
            words.add(task.status());
        }
        task.started()
                .ifPresent(at -> words.add(Texts.of(
                        task.ended().isPresent() ? "inspect.took" : "inspect.since",
                        Figures.duration(Duration.between(at, task.ended().orElseGet(Instant::now))))));
        return String.join(" · ", words);
    }

    private static String on(Row row) {
        var task = row.view();
        return task.attempt() > 1 ? Texts.of("inspect.worker.try", task.worker(), task.attempt()) : task.worker();
    }

    private static String asked(TaskDetails details) {
        return Why.describe(details.needs());
    }

    /// What became of the attempts before the last one.
    private static Optional<String> earlier(TaskDetails details) {
        var tries = details.attempts().stream()
                .filter(a -> a.attempt() < details.task().attempt())
                .map(InspectView::attempt)
                .collect(Collectors.joining("\n"));
        return tries.isEmpty() ? Optional.empty() : Optional.of(tries);
    }

    private static String attempt(AttemptView a) {
        var end = a.reason().isEmpty() ? a.end() : a.end() + " (" + a.reason().replace('_', ' ') + ")";
        return Texts.of("inspect.try", a.attempt(), a.worker(), end);
    }
}
