package aque.desktop.outputs;

import aque.desktop.control.Strip;
import aque.desktop.theme.Figures;
import aque.desktop.theme.Palette;
import aque.desktop.theme.Style;
import aque.desktop.theme.Texts;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.canvas.Canvas;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// The frames of one step on a line, from its first timecode to its last. Under the pointer it says which frame that
/// is; a click chooses its task. FX thread.
final class FrameBar extends VBox {
    private static final double HEIGHT = 16;

    private final Palette palette;
    private final Label said = new Label();
    private final Canvas canvas = new Canvas();
    private final Line line = new Line();
    private FrameCells frames;

    FrameBar(Palette palette, FrameCells frames, Consumer<FrameCells.Cell> choose) {
        super(3);
        this.palette = palette;
        this.frames = frames;
        getStyleClass().add("frame-bar");
        var name = new Label(frames.step());
        name.getStyleClass().add(Style.STRONG);
        // Where there is no room for both, it is the figures that are cut: a strip says most of them.
        name.setMinWidth(Region.USE_PREF_SIZE);
        said.setMinWidth(0);
        said.getStyleClass().add(Style.MUTED);
        var space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        line.setOnMouseMoved(e -> say(Optional.of(at(e.getX()))));
        line.setOnMouseExited(e -> say(Optional.empty()));
        line.setOnMouseClicked(e -> choose.accept(at(e.getX())));
        getChildren().addAll(new HBox(8, name, space, said), line);
        palette.onChange(line::requestLayout);
        show(frames);
    }

    /// The same step, later.
    void show(FrameCells now) {
        frames = now;
        say(Optional.empty());
        setAccessibleText(frames.step() + ": " + said.getText());
        line.requestLayout();
    }

    /// Does it show this step?
    boolean isOf(FrameCells other) {
        return frames.step().equals(other.step());
    }

    private FrameCells.Cell at(double x) {
        var cells = frames.cells();
        return cells.get(Strip.at(x, line.getWidth(), cells.size()));
    }

    private void say(Optional<FrameCells.Cell> cell) {
        said.setText(cell.map(this::words).orElseGet(this::words));
    }

    /// `1001-1100 · 00:00:41:17-00:00:45:20 · 96 of 100 frames · 4.2 s`
    private String words() {
        var roll = frames.roll();
        var span = roll.span().orElseThrow();
        return Texts.of(
                "outputs.span",
                span.first() + "-" + span.last(),
                span.timecode(frames.rate()),
                Figures.count(roll.framesDone()),
                roll.frames(),
                String.format(Locale.ROOT, "%.1f", frames.rate().seconds(roll.frames())));
    }

    private String words(FrameCells.Cell cell) {
        return Texts.of(
                "outputs.frame",
                "" + cell.number(),
                frames.rate().timecode(cell.number()),
                cell.file()
                        .map(f -> OutputsView.word(f.state()))
                        .orElse(cell.tone().word()));
    }

    private final class Line extends Region {
        Line() {
            setMinHeight(HEIGHT);
            setPrefHeight(HEIGHT);
            getStyleClass().add("frame-line");
            getChildren().add(canvas);
        }

        @Override
        protected void layoutChildren() {
            canvas.setWidth(getWidth());
            canvas.setHeight(HEIGHT);
            var g = canvas.getGraphicsContext2D();
            g.clearRect(0, 0, getWidth(), HEIGHT);
            var cells = frames.cells();
            Strip.of(cells.size(), i -> cells.get(i).tone()).paint(g, palette, 0, 0, getWidth(), HEIGHT);
        }
    }
}
