package aque.desktop.log;

import aque.desktop.theme.Style;
import aque.desktop.theme.Texts;
import aque.log.Channel;
import java.util.List;
import java.util.stream.Collectors;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// The log: monospaced lines with their time, only those on the screen being nodes. Channels are toggles; it
/// follows the end until somebody scrolls up. Lines are selected with the pointer and copied with the platform's
/// key. FX thread.
public final class LogView extends VBox {
    private final LogModel model;
    private final ListView<LogLine> list;
    private final LineSelection selection = new LineSelection();
    private boolean behind;

    public LogView(LogModel model) {
        this.model = model;
        this.list = new ListView<>(model.lines());
        getStyleClass().addAll(Style.PANEL, Style.LOG);
        list.setFixedCellSize(18);
        list.setSelectionModel(null);
        list.setCellFactory(l -> new LogCell(selection));
        list.setAccessibleText(Texts.of("log.accessible"));
        list.setPlaceholder(emptyText());
        VBox.setVgrow(list, Priority.ALWAYS);
        getChildren().addAll(bar(), list);
        model.lines().addListener(this::changed);
        model.following().addListener((o, was, is) -> follow());
        list.addEventFilter(ScrollEvent.SCROLL, e -> {
            if (e.getDeltaY() > 0) {
                model.following().set(false);
            }
        });
        list.addEventHandler(KeyEvent.KEY_PRESSED, e -> {
            if (e.isShortcutDown() && e.getCode() == KeyCode.C && !selection.isEmpty()) {
                copy();
                e.consume();
            }
        });
    }

    /// Gives the keyboard to the log.
    public void focus() {
        list.requestFocus();
    }

    private void changed(ListChangeListener.Change<? extends LogLine> change) {
        // Places have moved: what was selected by place is something else now.
        if (change.next() && change.wasRemoved()) {
            selection.clear();
        }
        follow();
    }

    private void follow() {
        behind = true;
        requestLayout();
    }

    /// Follows once the list counts the new lines. By position: `scrollTo` can stop one line short of the end.
    @Override
    protected void layoutChildren() {
        super.layoutChildren();
        if (behind && model.following().get() && !model.lines().isEmpty()) {
            list.layout();
            if (list.lookup(".virtual-flow") instanceof VirtualFlow<?> flow) {
                flow.setPosition(1);
            }
        }
        behind = false;
    }

    private Label emptyText() {
        var label = new Label();
        label.getStyleClass().add(Style.EMPTY);
        label.setText(Texts.of("log.none"));
        model.task().addListener((o, was, is) -> label.setText(Texts.of(is.isPresent() ? "log.empty" : "log.none")));
        return label;
    }

    private HBox bar() {
        var space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        var follow = new ToggleButton(Texts.of("log.follow"));
        follow.getStyleClass().add(Style.LINK);
        follow.setTooltip(new Tooltip(Texts.of("log.follow.hint")));
        follow.selectedProperty().bindBidirectional(model.following());
        var bar = new HBox(6, chip(Channel.STDOUT), chip(Channel.STDERR), chip(Channel.LOG), space, follow);
        bar.setAlignment(Pos.CENTER_LEFT);
        return bar;
    }

    private ToggleButton chip(Channel channel) {
        var chip = new ToggleButton(channel.word());
        chip.getStyleClass().add(Style.CHIP);
        chip.setSelected(model.shows(channel));
        chip.setTooltip(new Tooltip(Texts.of("log.channel.hint", channel.word())));
        chip.selectedProperty().addListener((o, was, is) -> {
            if (is) {
                model.show(channel);
            } else {
                model.hide(channel);
            }
        });
        return chip;
    }

    private void copy() {
        List<LogLine> lines = model.lines();
        var content = new ClipboardContent();
        content.putString(lines.subList(selection.first(), Math.min(selection.last() + 1, lines.size())).stream()
                .map(LogLine::text)
                .collect(Collectors.joining("\n")));
        Clipboard.getSystemClipboard().setContent(content);
    }
}
