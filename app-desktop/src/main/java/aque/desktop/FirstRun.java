package aque.desktop;

import aque.broker.Broker;
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
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.image.ImageView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// What a farm without any job shows: how one gets in, and an example that has run before a minute is over. FX thread.
final class FirstRun extends VBox {
    private static final int FRAMES = 8;

    private final Session session;
    private final Button example = new Button(Texts.of("first.example"));
    private final Label workers = new Label();

    /// @param choose lets a person choose files
    FirstRun(Session session, Runnable choose) {
        this.session = session;
        setId("first-run");
        getStyleClass().add("first-run");
        setAlignment(Pos.CENTER);
        var title = new Label(Texts.of("first.title"));
        title.getStyleClass().add("headline");
        var how = new Label(Texts.of("first.how"));
        how.getStyleClass().add(Style.EMPTY);
        how.setMaxWidth(460);
        var files = new Button(Texts.of("first.files"));
        files.setOnAction(e -> choose.run());
        example.setId("first-example");
        example.getStyleClass().add(Style.PRIMARY);
        example.setOnAction(e -> submitExample());
        var buttons = new HBox(10, example, files);
        buttons.setAlignment(Pos.CENTER);
        workers.getStyleClass().add(Style.MUTED);
        workers.setWrapText(true);
        getChildren().addAll(new ImageView(Icons.app(64)), title, how, buttons, workers);
        session.model.workers().addListener((ListChangeListener<Object>) change -> showWorkers());
        showWorkers();
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
