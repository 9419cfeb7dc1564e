package aque.desktop.command;

import aque.desktop.theme.Style;
import aque.desktop.theme.Texts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// All keys, and the place where they are changed: press the key of a command, then the one that it shall be. FX
/// thread.
public final class KeysPage extends BorderPane {
    private final Keys keys;
    private final Runnable close;
    private final VBox groups = new VBox(18);
    private final Label notice = new Label();
    private final TextField filter = new TextField();
    private Optional<Command> waiting = Optional.empty();

    /// @param file where the keys are kept, for those who would rather edit it
    /// @param close takes the page away
    public KeysPage(Keys keys, String file, Runnable close) {
        this.keys = keys;
        this.close = close;
        setId("keys-page");
        getStyleClass().addAll(Style.DIALOG, "keys-page");
        var title = new Label(Texts.of("keys.title"));
        title.getStyleClass().add("headline");
        filter.setPromptText(Texts.of("keys.filter"));
        filter.setAccessibleText(Texts.of("keys.filter"));
        filter.textProperty().subscribe(text -> show());
        notice.getStyleClass().add(Style.MUTED);
        notice.setWrapText(true);
        notice.setText(Texts.of("keys.hint", file));
        setTop(new VBox(10, title, notice, filter));
        var scroll = new ScrollPane(groups);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("form");
        setCenter(scroll);
        var done = new Button(Texts.of("keys.done"));
        done.setOnAction(e -> close.run());
        done.setDefaultButton(true);
        var foot = new HBox(done);
        foot.setAlignment(Pos.CENTER_RIGHT);
        setBottom(foot);
        addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        keys.listen(this::show);
        show();
    }

    /// Gives it the keyboard.
    public void begin() {
        waiting = Optional.empty();
        filter.clear();
        show();
        filter.requestFocus();
    }

    private void show() {
        var byGroup = keys.commands().stream()
                .filter(command -> Match.score(filter.getText(), command.group() + " " + command.title()) != -1)
                .collect(Collectors.groupingBy(Command::group, LinkedHashMap::new, Collectors.toList()));
        groups.getChildren().clear();
        byGroup.forEach((group, commands) -> groups.getChildren().add(section(group, commands)));
    }

    private VBox section(String group, List<Command> commands) {
        var box = new VBox(2);
        var head = new Label(group);
        head.getStyleClass().add(Style.CAPTION);
        box.getChildren().add(head);
        commands.forEach(command -> box.getChildren().add(line(command)));
        return box;
    }

    private BorderPane line(Command command) {
        var name = new Label(command.title());
        BorderPane.setAlignment(name, Pos.CENTER_LEFT);
        boolean waits = waiting.filter(command::equals).isPresent();
        var words = Keys.words(keys.of(command));
        var key = new Button(waits ? Texts.of("keys.press") : words.isEmpty() ? Texts.of("keys.none") : words);
        key.getStyleClass().setAll("button", "key");
        key.setId("key-" + command.id().replace('.', '-'));
        key.setAccessibleText(Texts.of("keys.change", command.title(), key.getText()));
        key.setOnAction(e -> await(command));
        var right = new HBox(6, key);
        right.setAlignment(Pos.CENTER_RIGHT);
        if (keys.isChosen(command)) {
            var back = new Button(Texts.of("keys.usual"));
            back.getStyleClass().add(Style.LINK);
            back.setTooltip(new Tooltip(String.join(", ", command.usual())));
            back.setOnAction(e -> keys.reset(command));
            right.getChildren().addFirst(back);
        }
        return new BorderPane(null, null, right, null, name);
    }

    private void await(Command command) {
        waiting = Optional.of(command);
        notice.setText(Texts.of("keys.press.hint", command.title()));
        show();
        requestFocus();
    }

    private void pressed(KeyEvent e) {
        if (waiting.isEmpty()) {
            if (e.getCode() == KeyCode.ESCAPE) {
                close.run();
                e.consume();
            }
            return;
        }
        e.consume();
        if (e.getCode() == KeyCode.ESCAPE) {
            waiting = Optional.empty();
            show();
            return;
        }
        Keys.combination(e).ifPresent(key -> {
            var command = waiting.get();
            waiting = Optional.empty();
            var before = keys.choose(command, key);
            notice.setText(
                    before.map(other -> Texts.of("keys.taken", key.getDisplayText(), command.title(), other.title()))
                            .orElseGet(() -> Texts.of("keys.now", key.getDisplayText(), command.title())));
        });
    }
}
