package aque.desktop.triage;

import aque.desktop.action.Actions;
import aque.desktop.action.TaskAction;
import aque.desktop.theme.Figures;
import aque.desktop.theme.Icons;
import aque.desktop.theme.Style;
import aque.desktop.theme.Texts;
import aque.desktop.triage.FailureGroup.By;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/// What failed, on the whole farm: a line for each cause, worker, user, show or template, the largest
/// first. Choosing a line selects its tasks; what is done to them is done to all. FX thread.
public final class TriageView extends BorderPane {
    private static final List<Duration> SPANS =
            List.of(Duration.ofHours(1), Duration.ofHours(8), Duration.ofHours(24), Duration.ofDays(7));
    private static final PseudoClass SEEN = PseudoClass.getPseudoClass("seen");
    private static final double ROW = 52;

    private final TriageModel model;
    private final Actions actions;
    private final ListView<FailureGroup> list = new ListView<>();
    private final Label summary = new Label();
    private boolean filling;

    public TriageView(TriageModel model, Actions actions) {
        this.model = model;
        this.actions = actions;
        getStyleClass().addAll(Style.PANEL, "triage");
        setTop(head());
        list.setId("triage");
        list.setFixedCellSize(ROW);
        list.setAccessibleText(Texts.of("triage.accessible"));
        list.setCellFactory(l -> new Cell());
        var empty = new Label(Texts.of("triage.empty"));
        empty.getStyleClass().add(Style.EMPTY);
        list.setPlaceholder(empty);
        list.getSelectionModel().selectedItemProperty().addListener((o, was, is) -> {
            if (is != null && !filling) {
                model.select(is);
            }
        });
        setCenter(list);
        model.groups().addListener((o, was, is) -> show(is));
        sceneProperty().subscribe(scene -> model.watched(scene != null));
        show(model.groups().get());
    }

    private HBox head() {
        var since = new ChoiceBox<Duration>();
        since.getItems().setAll(SPANS);
        since.setId("triage-since");
        since.setAccessibleText(Texts.of("triage.since"));
        since.setConverter(new StringConverter<>() {
            @Override
            public String toString(Duration span) {
                return Texts.of("triage.since.of", Figures.age(span));
            }

            @Override
            public Duration fromString(String text) {
                throw new UnsupportedOperationException("spans are chosen, not typed");
            }
        });
        since.valueProperty().bindBidirectional(model.since());
        var box = new HBox(8, since);
        var chips = new ToggleGroup();
        for (var each : By.values()) {
            var chip = new ToggleButton(Texts.of("triage.by." + each.name().toLowerCase(Locale.ROOT)));
            chip.setId("triage-" + each.name().toLowerCase(Locale.ROOT));
            chip.getStyleClass().add(Style.CHIP);
            chip.setToggleGroup(chips);
            chip.setSelected(model.by().get() == each);
            chip.setOnAction(e -> {
                chip.setSelected(true);
                model.by().set(each);
            });
            box.getChildren().add(chip);
        }
        summary.getStyleClass().add(Style.MUTED);
        var space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        box.getChildren().addAll(space, summary);
        box.setAlignment(Pos.CENTER_LEFT);
        return box;
    }

    /// The chosen line stays chosen while its tasks become more or fewer.
    private void show(List<FailureGroup> groups) {
        var chosen =
                Optional.ofNullable(list.getSelectionModel().getSelectedItem()).map(FailureGroup::key);
        filling = true;
        if (!list.getItems().equals(groups)) {
            list.getItems().setAll(groups);
            groups.stream()
                    .filter(group -> chosen.filter(group.key()::equals).isPresent())
                    .findFirst()
                    .ifPresent(list.getSelectionModel()::select);
        }
        filling = false;
        int tasks = groups.stream().mapToInt(group -> group.failed().size()).sum();
        long fresh = groups.stream().filter(group -> !group.seen()).count();
        summary.setText(Texts.of("triage.summary", Figures.count(tasks), fresh));
    }

    private final class Cell extends ListCell<FailureGroup> {
        private final Label count = new Label();
        private final Label title = new Label();
        private final Label detail = new Label();
        private final HBox line;

        Cell() {
            count.getStyleClass().addAll(Style.STRONG, "triage-count");
            detail.getStyleClass().addAll(Style.MUTED, Style.CAPTION);
            var words = new VBox(2, title, detail);
            words.setAlignment(Pos.CENTER_LEFT);
            words.setMinWidth(0);
            HBox.setHgrow(words, Priority.ALWAYS);
            line = new HBox(12, count, words);
            line.setAlignment(Pos.CENTER_LEFT);
            Stream.of("RETRY", "NOTE")
                    .flatMap(name -> action(name).stream())
                    .forEach(action -> line.getChildren()
                            .add(button(
                                    action.title(), action.sign(), action.name().toLowerCase(Locale.ROOT), () -> {
                                        model.select(getItem());
                                        actions.run(action);
                                    })));
            line.getChildren()
                    .addAll(
                            button(Texts.of("triage.hold"), "mdmz-pause", "hold", () -> {
                                model.selectJobs(getItem());
                                actions.run(TaskAction.HOLD);
                            }),
                            button(Texts.of("triage.seen"), "mdmz-visibility", "seen", () -> model.see(getItem())));
        }

        @Override
        protected void updateItem(@Nullable FailureGroup group, boolean empty) {
            super.updateItem(group, empty);
            if (group == null || empty) {
                setGraphic(null);
                return;
            }
            count.setText(Figures.count(group.failed().size()));
            title.setText(group.title());
            detail.setText(detail(group));
            pseudoClassStateChanged(SEEN, group.seen());
            setTooltip(new Tooltip(group.failed().getFirst().cause().detail()));
            setAccessibleText(Texts.of("triage.line", count.getText(), title.getText(), detail.getText()));
            setGraphic(line);
        }

        private Button button(String text, String sign, String id, Runnable run) {
            var button = new Button(null, Icons.sign(sign));
            button.getStyleClass().addAll("button-icon", "flat", "triage-" + id);
            button.setTooltip(new Tooltip(text));
            button.setAccessibleText(text);
            button.setOnAction(e -> run.run());
            return button;
        }
    }

    /// An action by its name: what is not there in this console has no button.
    private static Optional<TaskAction> action(String name) {
        return Stream.of(TaskAction.values())
                .filter(action -> action.name().equals(name))
                .findFirst();
    }

    private String detail(FailureGroup group) {
        var jobs = group.jobs().stream().map(model::nameOf).distinct().toList();
        var workers = group.each(failed -> failed.task().worker());
        var users = group.each(failed -> failed.task().owner());
        return Texts.of(
                "triage.detail",
                some(jobs),
                some(workers),
                some(users),
                Figures.age(Duration.between(group.last(), Instant.now())));
    }

    private static String some(List<String> words) {
        return words.size() <= 2
                ? String.join(", ", words)
                : Texts.of("triage.more", words.getFirst(), words.size() - 1);
    }
}
