package aque.desktop.command;

import aque.desktop.theme.Icons;
import aque.desktop.theme.Style;
import aque.desktop.theme.Texts;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// Ctrl K: everything by its name. What can be done now comes first; then views and jobs. FX thread.
public final class CommandPalette extends VBox {
    private static final int MOST = 60;
    private static final double ROW = 34;

    private final Keys keys;
    private final Supplier<Stream<Command>> more;
    private final Runnable close;
    private final TextField typed = new TextField();
    private final ListView<Command> list = new ListView<>();

    /// @param more what is to be found beside the commands: views, jobs
    /// @param close takes the palette away
    public CommandPalette(Keys keys, Supplier<Stream<Command>> more, Runnable close) {
        this.keys = keys;
        this.more = more;
        this.close = close;
        setId("palette");
        getStyleClass().addAll(Style.DIALOG, "command-palette");
        setMaxHeight(USE_PREF_SIZE);
        typed.setId("palette-text");
        typed.setPromptText(Texts.of("palette.prompt"));
        typed.setAccessibleText(Texts.of("palette.prompt"));
        typed.textProperty().subscribe(this::search);
        typed.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        list.setId("palette-list");
        list.setFixedCellSize(ROW);
        list.setFocusTraversable(false);
        list.setPlaceholder(new Label(Texts.of("palette.nothing")));
        list.setCellFactory(l -> new Cell());
        list.setAccessibleText(Texts.of("palette.list"));
        getChildren().addAll(typed, list);
    }

    /// Empties it and gives it the keyboard.
    public void begin() {
        typed.clear();
        search("");
        typed.requestFocus();
    }

    private void search(String text) {
        list.getItems().setAll(text.isBlank() ? all().limit(MOST).toList() : found(text));
        list.getSelectionModel().selectFirst();
        list.scrollTo(0);
        list.setPrefHeight(Math.clamp(list.getItems().size(), 1, 12) * ROW + 2);
    }

    /// Before anything is typed they stand in the order in which they are declared.
    private Stream<Command> all() {
        return Stream.concat(
                keys.commands().stream().filter(command -> command.enabled().getAsBoolean()), more.get());
    }

    private List<Command> found(String text) {
        return all().filter(command -> score(text, command) >= 0)
                .sorted(Comparator.comparingInt((Command command) -> score(text, command))
                        .reversed())
                .limit(MOST)
                .toList();
    }

    /// A title by itself counts more than with its group's name before it.
    private static int score(String text, Command command) {
        int title = Match.score(text, command.title());
        return title >= 0 ? title + 1_000_000 : Match.score(text, command.group() + " " + command.title());
    }

    private void pressed(KeyEvent e) {
        int at = list.getSelectionModel().getSelectedIndex();
        int size = list.getItems().size();
        if (e.getCode() == KeyCode.DOWN && size > 0) {
            select((at + 1) % size);
        } else if (e.getCode() == KeyCode.UP && size > 0) {
            select((at + size - 1) % size);
        } else if (e.getCode() == KeyCode.ENTER) {
            run(list.getSelectionModel().getSelectedItem());
        } else if (e.getCode() == KeyCode.ESCAPE) {
            close.run();
        } else {
            return;
        }
        e.consume();
    }

    private void select(int index) {
        list.getSelectionModel().select(index);
        list.scrollTo(Math.max(0, index - 6));
    }

    private void run(@Nullable Command command) {
        if (command != null) {
            close.run();
            command.run().run();
        }
    }

    private final class Cell extends ListCell<Command> {
        private final Label title = new Label();
        private final Label group = new Label();
        private final Label key = new Label();
        private final HBox line = new HBox(10);

        Cell() {
            group.getStyleClass().add(Style.MUTED);
            key.getStyleClass().add("key");
            var space = new Region();
            HBox.setHgrow(space, Priority.ALWAYS);
            line.setAlignment(Pos.CENTER_LEFT);
            line.getChildren().addAll(title, group, space, key);
            setOnMouseClicked(e -> run(getItem()));
        }

        @Override
        protected void updateItem(@Nullable Command command, boolean empty) {
            super.updateItem(command, empty);
            if (command == null || empty) {
                setGraphic(null);
                return;
            }
            title.setText(command.title());
            title.setGraphic(Icons.sign(command.sign()));
            group.setText(command.group());
            key.setText(Keys.words(keys.of(command)));
            key.setVisible(!key.getText().isEmpty());
            setGraphic(line);
            setAccessibleText(command.group() + ": " + command.title() + " " + key.getText());
        }
    }
}
