package aque.desktop.submit;

import aque.desktop.control.Overlay;
import aque.desktop.feed.Row;
import aque.desktop.theme.Icons;
import aque.desktop.theme.Palette;
import aque.desktop.theme.Style;
import aque.desktop.theme.Texts;
import aque.submit.Routine;
import aque.task.TaskId;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;

/// The whole window as a target for files: while they hang over it, it says what it understood; when they fall, it
/// opens the dialog. Lies over everything and lets the pointer through. FX thread.
public final class DropZone extends StackPane {
    private final SubmitModel model;
    private final Palette palette;
    private final Overlay overlay = new Overlay();
    private final VBox target;
    private final Label sentence = new Label();
    private Function<Node, Optional<Row>> rows = node -> Optional.empty();
    private List<Path> hovering = List.of();
    private Optional<Row> onto = Optional.empty();
    private String understood = "";
    private Optional<SubmitDialog> dialog = Optional.empty();

    public DropZone(SubmitModel model, Palette palette) {
        this.model = model;
        this.palette = palette;
        setPickOnBounds(false);
        sentence.getStyleClass().add("headline");
        target = new VBox(12, Icons.sign("mdal-add_box"), sentence);
        target.getStyleClass().add(Style.DROP_ZONE);
        target.setMouseTransparent(true);
        target.setVisible(false);
        overlay.keep();
        overlay.visibleProperty().addListener((o, was, is) -> {
            if (!is) {
                dialog = Optional.empty();
            }
        });
        getChildren().addAll(target, overlay);
    }

    /// What tells the row of a job or a step at a node: files that fall on one can join it.
    public void rows(Function<Node, Optional<Row>> at) {
        rows = at;
    }

    /// Takes files that are dragged over a scene. Panels that are dragged to other docks carry no files.
    public void install(Scene scene) {
        scene.addEventFilter(DragEvent.DRAG_OVER, e -> {
            if (e.getDragboard().hasFiles()) {
                e.acceptTransferModes(TransferMode.COPY);
                hover(paths(e.getDragboard().getFiles()), group(e));
                e.consume();
            }
        });
        scene.addEventFilter(DragEvent.DRAG_EXITED_TARGET, e -> {
            if (e.getTarget() == scene.getRoot()) {
                leave();
            }
        });
        scene.addEventFilter(DragEvent.DRAG_DROPPED, e -> {
            if (e.getDragboard().hasFiles()) {
                dropped(paths(e.getDragboard().getFiles()), group(e));
                e.setDropCompleted(true);
                e.consume();
            }
        });
    }

    private Optional<Row> group(DragEvent e) {
        return Optional.ofNullable(e.getPickResult().getIntersectedNode())
                .flatMap(rows)
                .flatMap(row -> row.isGroup() ? Optional.of(row) : row.parent());
    }

    /// Files hang over the window, perhaps over a group.
    void hover(List<Path> files, Optional<Row> group) {
        target.setVisible(true);
        onto = group;
        if (files.equals(hovering)) {
            say();
            return;
        }
        hovering = files;
        understood = Texts.of("drop.reading");
        say();
        model.understand(files, found -> {
            if (files.equals(hovering)) {
                understood = found.sentence();
                say();
            }
        });
    }

    private void say() {
        sentence.setText(
                onto.map(row -> Texts.of("drop.onto", understood, row.view().name()))
                        .orElse(understood));
    }

    /// They went away again.
    void leave() {
        hovering = List.of();
        onto = Optional.empty();
        target.setVisible(false);
    }

    /// Shows the form of a job that was submitted before, with what was filled in then.
    public void again(TaskId job) {
        model.again(job, understood -> {
            model.beginAgain(understood);
            open();
        });
    }

    /// They fell: shows what they will become.
    public void dropped(List<Path> files) {
        dropped(files, Optional.empty());
    }

    /// They fell on a group: shows what will be added to it.
    public void dropped(List<Path> files, Optional<Row> group) {
        leave();
        model.understand(files, found -> show(found, group));
    }

    /// Shows the form of a template of the library.
    public void fillIn(Routine routine) {
        model.routine(routine, found -> show(found, Optional.empty()));
    }

    private void show(Understood found, Optional<Row> group) {
        model.begin(found, group);
        open();
    }

    private void open() {
        var now = new SubmitDialog(model, palette, this::close);
        dialog = Optional.of(now);
        overlay.show(now, Pos.CENTER);
        now.focusFirst();
    }

    /// Lets a person choose files, then goes on as if they had been dropped.
    public void choose() {
        var chooser = new FileChooser();
        chooser.setTitle(Texts.of("submit.choose.title"));
        var chosen = chooser.showOpenMultipleDialog(getScene().getWindow());
        if (chosen != null && !chosen.isEmpty()) {
            dropped(paths(chosen));
        }
    }

    /// Is the dialog open?
    public boolean isOpen() {
        return overlay.isOpen();
    }

    /// The dialog while it is open.
    Optional<SubmitDialog> dialog() {
        return dialog;
    }

    private void close() {
        overlay.close();
    }

    private static List<Path> paths(List<File> files) {
        return files.stream().map(File::toPath).toList();
    }
}
