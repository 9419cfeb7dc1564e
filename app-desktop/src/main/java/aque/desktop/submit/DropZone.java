package aque.desktop.submit;

import aque.desktop.control.Overlay;
import aque.desktop.theme.Icons;
import aque.desktop.theme.Palette;
import aque.desktop.theme.Style;
import aque.desktop.theme.Texts;
import aque.task.TaskId;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Pos;
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
    private List<Path> hovering = List.of();
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

    /// Takes files that are dragged over a scene. Panels that are dragged to other docks carry no files.
    public void install(Scene scene) {
        scene.addEventFilter(DragEvent.DRAG_OVER, e -> {
            if (e.getDragboard().hasFiles()) {
                e.acceptTransferModes(TransferMode.COPY);
                hover(paths(e.getDragboard().getFiles()));
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
                dropped(paths(e.getDragboard().getFiles()));
                e.setDropCompleted(true);
                e.consume();
            }
        });
    }

    /// Files hang over the window.
    void hover(List<Path> files) {
        target.setVisible(true);
        if (files.equals(hovering)) {
            return;
        }
        hovering = files;
        sentence.setText(Texts.of("drop.reading"));
        model.understand(files, understood -> {
            if (files.equals(hovering)) {
                sentence.setText(understood.sentence());
            }
        });
    }

    /// They went away again.
    void leave() {
        hovering = List.of();
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
        leave();
        model.understand(files, this::show);
    }

    private void show(Understood understood) {
        model.begin(understood);
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
