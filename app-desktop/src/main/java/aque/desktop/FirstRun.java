package aque.desktop;

import aque.broker.Broker;
import aque.desktop.command.Keys;
import aque.desktop.theme.Icons;
import aque.desktop.theme.Style;
import aque.desktop.theme.Texts;
import aque.schedule.Needs;
import aque.submit.NewTask;
import aque.submit.Submission;
import aque.submit.TaskOptions;
import aque.submit.Work;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.image.ImageView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// What a farm without any job shows in the place of its panels: what can be dropped, and an example that has run
/// before a
/// minute is over. Gone with the first job, or when somebody asks for the panels. FX thread.
final class FirstRun extends VBox {
    private static final int FRAMES = 8;
    private static final double WIDTH = 640;
    private final Session session;
    private final Runnable leave;
    private final Button example = new Button(Texts.of("first.example"));
    private final Label workers = new Label();
    private final HBox keys = new HBox(8);
    private boolean left;

    /// What can be dropped, and its sign.
    private enum Drop {
        FRAMES("mdal-insert_photo"),
        SCENE("mdal-filter_frames"),
        LIST("mdal-list_alt"),
        TEMPLATE("mdal-account_tree");

        private final String sign;

        Drop(String sign) {
            this.sign = sign;
        }

        String key() {
            return "first.drop." + name().toLowerCase(Locale.ROOT);
        }
    }

    /// @param choose lets a person choose files
    /// @param templates shows the library
    /// @param leave gives the keyboard to the panels
    FirstRun(Session session, Runnable choose, Runnable templates, Runnable leave) {
        this.session = session;
        this.leave = leave;
        setId("first-run");
        getStyleClass().add("first-run");
        setAlignment(Pos.CENTER);
        setVisible(false);
        var title = new Label(Texts.of("first.title"));
        title.getStyleClass().add("headline");
        var how = new Label(Texts.of("first.how"));
        how.getStyleClass().add(Style.MUTED);
        example.setId("first-example");
        example.getStyleClass().add(Style.PRIMARY);
        example.setTooltip(new Tooltip(Texts.of("first.example.hint")));
        example.setOnAction(e -> submitExample());
        var buttons = new HBox(
                8,
                example,
                button("files", choose),
                button("templates", () -> {
                    dismiss();
                    templates.run();
                }),
                button("panels", this::dismiss));
        buttons.setAlignment(Pos.CENTER);
        workers.getStyleClass().add(Style.MUTED);
        workers.setWrapText(true);
        keys.setAlignment(Pos.CENTER);
        getChildren().addAll(new ImageView(Icons.app(48)), title, how, drops(), buttons, workers, keys);
        // As in every question here: Enter presses the button that has the keyboard.
        addEventFilter(KeyEvent.KEY_PRESSED, e -> {
            if (e.getCode() == KeyCode.ENTER && e.getTarget() instanceof Button button) {
                button.fire();
                e.consume();
            }
        });
        session.model.workers().addListener((ListChangeListener<Object>) change -> showWorkers());
        session.model.listen(change -> show(session.model.jobs().isEmpty()));
        session.keys.listen(this::showKeys);
        showWorkers();
    }

    /// Makes room for the panels, for as long as this window is open.
    void dismiss() {
        left = true;
        show(false);
    }

    /// Comes again, while there is no job.
    void recall() {
        left = false;
        show(session.model.jobs().isEmpty());
    }

    private void show(boolean empty) {
        boolean now = empty && !left;
        if (now == isVisible()) {
            return;
        }
        setVisible(now);
        if (now) {
            showKeys();
            example.requestFocus();
        } else {
            leave.run();
        }
    }

    private static Button button(String key, Runnable does) {
        var button = new Button(Texts.of("first." + key));
        button.setId("first-" + key);
        button.setOnAction(e -> does.run());
        return button;
    }

    private static GridPane drops() {
        var grid = new GridPane(12, 8);
        grid.setMaxWidth(WIDTH);
        for (var drop : Drop.values()) {
            var name = new Label(Texts.of(drop.key()), Icons.sign(drop.sign));
            name.setGraphicTextGap(10);
            name.setMinWidth(Region.USE_PREF_SIZE);
            var becomes = new Label(Texts.of(drop.key() + ".becomes"));
            becomes.getStyleClass().add(Style.MUTED);
            grid.addRow(grid.getRowCount(), name, becomes);
        }
        return grid;
    }

    private void showKeys() {
        keys.getChildren().clear();
        showKey(Texts.of("first.key.enter"), "enter.does");
        for (var command : List.of("go.submit", "go.palette", "go.keys")) {
            session.keys.of(command).ifPresent(key -> showKey(Keys.words(List.of(key)), command));
        }
    }

    private void showKey(String key, String does) {
        var cap = new Label(key);
        cap.getStyleClass().add("key");
        var words = new Label(Texts.of("first.key." + does));
        words.getStyleClass().add(Style.MUTED);
        keys.getChildren().addAll(cap, words);
    }

    private void showWorkers() {
        long up = session.model.workers().stream()
                .filter(worker -> worker.state().equals("up"))
                .count();
        workers.setText(
                up > 0
                        ? Texts.of("first.workers", up)
                        : Texts.of(session.startsWorkers() ? "first.own" : "first.none"));
    }

    private void submitExample() {
        example.setDisable(true);
        session.background.run("example", this::submit, submitted -> session.notices.done(Texts.of("first.submitted")));
    }

    /// Whatever becomes of it, it can be asked for again.
    private Broker.Submitted submit() {
        try {
            return session.farm.broker().submit(example(session.farm.user()));
        } finally {
            session.background.later(() -> example.setDisable(false));
        }
    }

    /// A few frames that take a second each, and a last task that waits for them.
    static Submission example(String owner) {
        var tasks = new ArrayList<NewTask>();
        tasks.add(NewTask.group(Texts.of("first.job"), -1, List.of()));
        tasks.add(NewTask.group(Texts.of("first.frames"), 0, List.of()));
        for (int frame = 1; frame <= FRAMES; frame++) {
            tasks.add(task("%04d".formatted(frame), 1, List.of(), """
                    for part in 25 50 75 100; do sleep 0.25; echo "openjd_progress: $part"; done; echo "frame %d is done\"""".formatted(frame)));
        }
        tasks.add(task(Texts.of("first.last"), 0, List.of(1), "echo " + FRAMES + " frames are done"));
        return Submission.of(Texts.of("first.job"), owner, Path.of(System.getProperty("java.io.tmpdir")), tasks);
    }

    private static NewTask task(String name, int group, List<Integer> after, String script) {
        return new NewTask(
                name, new Work.Command(List.of("sh", "-c", script)), group, after, Needs.ONE_CPU, 0, TaskOptions.NONE);
    }
}
