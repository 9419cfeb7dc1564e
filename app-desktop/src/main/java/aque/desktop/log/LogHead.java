package aque.desktop.log;

import aque.desktop.theme.Icons;
import aque.desktop.theme.Style;
import aque.desktop.theme.Texts;
import aque.log.Channel;
import javafx.beans.property.BooleanProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.controlsfx.control.textfield.CustomTextField;

/// What stands over the lines: the search, how they are shown, the channels, and how far the task said it is. FX
/// thread.
final class LogHead extends VBox {
    private final LogModel model;
    private final CustomTextField field = new CustomTextField();

    LogHead(LogModel model, Runnable save) {
        this.model = model;
        getStyleClass().add(Style.LOG_HEAD);
        buildField();
        var error = button("mdal-error_outline", "log.error.first");
        error.setOnAction(e -> model.firstError());
        var keep = button("mdmz-save_alt", "log.save");
        keep.setOnAction(e -> save.run());
        var first = new HBox(
                2,
                field,
                error,
                toggle("mdmz-vertical_align_bottom", "log.follow", model.following()),
                toggle("mdmz-wrap_text", "log.wrap", model.wrapped()),
                toggle("mdmz-schedule", "log.times", model.timed()),
                keep);
        HBox.setHgrow(field, Priority.ALWAYS);
        first.setAlignment(Pos.CENTER_LEFT);
        first.getChildren().add(2, compare());
        getChildren().addAll(first, results(), channels(), progress());
    }

    void focusSearch() {
        field.requestFocus();
        field.selectAll();
    }

    private void buildField() {
        field.setId("log-search");
        field.getStyleClass().add(Style.SEARCH);
        field.setPromptText(Texts.of("log.search"));
        field.setAccessibleText(Texts.of("log.search"));
        field.setTooltip(new Tooltip(Texts.of("log.search.hint")));
        field.setLeft(Icons.sign("mdmz-search"));
        field.setMinWidth(60);
        field.setPrefWidth(160);
        var search = model.search();
        field.textProperty().bindBidirectional(search.text());
        field.addEventFilter(KeyEvent.KEY_PRESSED, e -> {
            if (e.getCode() == KeyCode.ENTER) {
                entered(e.isShiftDown());
                e.consume();
            } else if (e.getCode() == KeyCode.ESCAPE && !field.getText().isEmpty()) {
                search.clear();
                e.consume();
            }
        });
    }

    private void entered(boolean back) {
        var search = model.search();
        if (search.hits().isEmpty()) {
            search.search();
        } else if (back) {
            search.previous();
        } else {
            search.next();
        }
    }

    /// What the search has found so far; not there while nothing is looked for.
    private HBox results() {
        var search = model.search();
        var words = new Label();
        words.setId("log-found");
        words.getStyleClass().add(Style.MUTED);
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        words.setMaxWidth(Double.MAX_VALUE);
        var previous = button("mdal-keyboard_arrow_up", "log.search.previous");
        previous.setOnAction(e -> search.previous());
        var next = button("mdal-keyboard_arrow_down", "log.search.next");
        next.setOnAction(e -> search.next());
        var stop = button("mdal-close", "log.search.stop");
        stop.setOnAction(e -> {
            if (search.state().get().running()) {
                search.stop();
            } else {
                search.clear();
            }
        });
        var job = new ToggleButton(Texts.of("log.search.job"));
        job.setId("log-search-job");
        job.getStyleClass().add(Style.CHIP);
        job.setTooltip(new Tooltip(Texts.of("log.search.job.hint")));
        job.setMinWidth(Region.USE_PREF_SIZE);
        job.selectedProperty().bindBidirectional(search.wholeJob());
        var bar = new HBox(2, words, job, previous, next, stop);
        bar.setAlignment(Pos.CENTER_LEFT);
        Runnable tell = () -> {
            var state = search.state().get();
            words.setText(words(state));
            boolean active = !search.text().get().isEmpty() || !state.words().isEmpty() || state.running();
            bar.setVisible(active);
            bar.setManaged(active);
        };
        search.state().addListener((o, was, is) -> tell.run());
        search.current().addListener((o, was, is) -> tell.run());
        search.text().addListener((o, was, is) -> tell.run());
        tell.run();
        return bar;
    }

    private String words(LogSearchModel.State state) {
        var search = model.search();
        if (!state.words().isEmpty()) {
            return state.words();
        }
        if (state.running()) {
            return Texts.of("log.search.running", state.found(), Math.round(state.part() * 100));
        }
        if (state.part() == 0) {
            return search.text().get().isEmpty() ? "" : Texts.of("log.search.enter");
        }
        return search.current()
                .get()
                .map(hit -> search.hits().indexOf(hit))
                .filter(at -> at >= 0)
                .map(at -> Texts.of("log.search.at", at + 1, state.found()))
                .orElseGet(() -> Texts.of("log.search.found", state.found()));
    }

    /// Not there for a task that was begun once.
    private Node compare() {
        var compare = toggle("mdal-compare_arrows", "log.compare", model.comparing());
        Runnable offer = () -> {
            boolean can =
                    model.row().get().filter(row -> row.view().attempt() > 1).isPresent();
            compare.setVisible(can);
            compare.setManaged(can);
            if (!can) {
                model.comparing().set(false);
            }
        };
        model.log().addListener((o, was, is) -> offer.run());
        offer.run();
        return compare;
    }

    private Node channels() {
        var chips = new FlowPane(4, 4);
        for (var channel : Channel.values()) {
            if (channel != Channel.USAGE) {
                chips.getChildren().add(chip(channel));
            }
        }
        return chips;
    }

    private ToggleButton chip(Channel channel) {
        var chip = new ToggleButton(Texts.of("channel." + channel.word()));
        chip.getStyleClass().add(Style.CHIP);
        chip.setId("channel-" + channel.word());
        chip.setSelected(model.shows(channel));
        chip.setTooltip(new Tooltip(Texts.of("channel." + channel.word() + ".hint")));
        chip.selectedProperty().addListener((o, was, is) -> model.show(channel, is));
        return chip;
    }

    /// What the task said of itself last, apart from its lines; it stays after a failure.
    private Node progress() {
        var bar = new ProgressBar(0);
        bar.setPrefWidth(72);
        var words = new Label();
        words.setId("log-progress");
        words.getStyleClass().add(Style.MUTED);
        words.setMinWidth(0);
        words.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(words, Priority.ALWAYS);
        var attempt = new AttemptChoice(model);
        var both = new HBox(8, bar, words, attempt);
        both.setAlignment(Pos.CENTER_LEFT);
        Runnable tell = () -> {
            // What is all done needs no bar.
            double told = model.progress().get().percent();
            double percent = told >= 100 ? -1 : told;
            var status = model.progress().get().status();
            bar.setVisible(percent >= 0);
            bar.setManaged(percent >= 0);
            bar.setProgress(percent / 100);
            words.setText(
                    percent < 0
                            ? status
                            : status.isEmpty()
                                    ? Texts.of("log.progress", Math.round(percent))
                                    : Texts.of("log.progress.status", Math.round(percent), status));
            both.setVisible(!words.getText().isEmpty() || attempt.isVisible());
            both.setManaged(both.isVisible());
        };
        model.progress().addListener((o, was, is) -> tell.run());
        attempt.visibleProperty().addListener((o, was, is) -> tell.run());
        tell.run();
        return both;
    }

    private static ToggleButton toggle(String sign, String key, BooleanProperty property) {
        var toggle = dressed(new ToggleButton(null, Icons.sign(sign)), key);
        toggle.selectedProperty().bindBidirectional(property);
        return toggle;
    }

    private static Button button(String sign, String key) {
        return dressed(new Button(null, Icons.sign(sign)), key);
    }

    private static <B extends ButtonBase> B dressed(B button, String key) {
        button.getStyleClass().addAll("button-icon", "flat", Style.SMALL);
        button.setId(key.replace('.', '-'));
        button.setTooltip(new Tooltip(Texts.of(key)));
        button.setAccessibleText(Texts.of(key));
        button.setMinWidth(Region.USE_PREF_SIZE);
        return button;
    }
}
