package aque.desktop.log;

import aque.desktop.theme.Palette;
import aque.desktop.theme.Style;
import aque.desktop.theme.Texts;
import aque.log.LogId;
import java.util.Optional;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;

/// The log: its lines, what they are searched for, which channels and which attempt are shown. It follows the end
/// until somebody scrolls up. FX thread.
public final class LogView extends VBox {
    private final LogModel model;
    private final LogPane pane;
    private final LogHead head;
    private final ContextMenu menu = new ContextMenu();

    public LogView(LogModel model, Palette palette) {
        this.model = model;
        this.pane = new LogPane(model, palette);
        this.head = new LogHead(model, this::save);
        getStyleClass().addAll(Style.PANEL, Style.LOG);
        var lines = new StackPane(pane, emptyText(), new CompareView(model));
        VBox.setVgrow(lines, Priority.ALWAYS);
        getChildren().addAll(head, lines, new LogHits(model));
        pane.setOnContextMenuRequested(e -> {
            fillMenu();
            menu.show(pane, e.getScreenX(), e.getScreenY());
        });
        pane.addEventHandler(KeyEvent.KEY_PRESSED, this::pressed);
        addEventHandler(KeyEvent.KEY_PRESSED, e -> {
            if (e.isShortcutDown() && e.getCode() == KeyCode.F) {
                head.focusSearch();
                e.consume();
            } else if (e.getCode() == KeyCode.F3) {
                step(e.isShiftDown());
                e.consume();
            }
        });
    }

    /// Gives the keyboard to the log.
    public void focus() {
        pane.requestFocus();
    }

    private void pressed(KeyEvent e) {
        if (e.isShortcutDown()) {
            switch (e.getCode()) {
                case C -> copy();
                case A -> pane.selectAll();
                default -> {
                    return;
                }
            }
        } else {
            switch (e.getCode()) {
                case UP -> pane.moveRows(-1);
                case DOWN -> pane.moveRows(1);
                case PAGE_UP -> pane.moveRows(-pane.rowsInView());
                case PAGE_DOWN -> pane.moveRows(pane.rowsInView());
                case HOME -> pane.toStart();
                case END -> model.following().set(true);
                default -> {
                    return;
                }
            }
        }
        e.consume();
    }

    private void step(boolean back) {
        if (back) {
            model.search().previous();
        } else {
            model.search().next();
        }
    }

    private void fillMenu() {
        var selected = pane.selected();
        menu.getItems()
                .setAll(
                        item("log.copy", this::copy, selected.isPresent()),
                        item("log.copy.all", pane::selectAll, true),
                        item("log.search.selected", () -> searchFor(selected.orElse("")), selected.isPresent()),
                        new SeparatorMenuItem(),
                        item(
                                "log.error.first",
                                model::firstError,
                                model.log().get().isPresent()),
                        item("log.save", this::save, model.log().get().isPresent()));
    }

    private static MenuItem item(String key, Runnable does, boolean can) {
        var item = new MenuItem(Texts.of(key));
        item.setId(key.replace('.', '-'));
        item.setOnAction(e -> does.run());
        item.setDisable(!can);
        return item;
    }

    private void searchFor(String selected) {
        var line = selected.lines().findFirst().orElse("");
        model.search().text().set(line.replaceAll("[\\\\\\[\\](){}.*+?^$|]", "\\\\$0"));
        model.search().search();
    }

    private void copy() {
        pane.selected().ifPresent(text -> {
            var content = new ClipboardContent();
            content.putString(text);
            Clipboard.getSystemClipboard().setContent(content);
        });
    }

    private void save() {
        var chooser = new FileChooser();
        chooser.setTitle(Texts.of("log.save"));
        chooser.setInitialFileName(model.log()
                .get()
                .map(id -> "%s-%s-%d.log".formatted(model.nameOf(id.task()), id.task(), id.attempt()))
                .orElse(""));
        Optional.ofNullable(chooser.showSaveDialog(getScene().getWindow()))
                .ifPresent(file -> model.save(file.toPath()));
    }

    private Label emptyText() {
        var label = new Label();
        label.getStyleClass().add(Style.EMPTY);
        label.setMouseTransparent(true);
        model.shown().addListener((o, was, is) -> showEmpty(label, is));
        showEmpty(label, model.shown().get());
        return label;
    }

    private void showEmpty(Label label, LogShown shown) {
        Optional<LogId> log = model.log().get();
        label.setVisible(shown.lines().isEmpty());
        label.setText(Texts.of(emptyWords(log, shown)));
    }

    /// What was not read yet is not said to be empty.
    private static String emptyWords(Optional<LogId> log, LogShown shown) {
        if (log.isEmpty()) {
            return "log.none";
        }
        if (!shown.log().equals(log)) {
            return "log.reading";
        }
        return shown.total() > 0 ? "log.all.hidden" : "log.empty";
    }
}
