package aque.desktop.graph;

import aque.desktop.layout.GraphLayout.Spot;
import aque.desktop.theme.Palette.Ink;
import aque.desktop.theme.Texts;
import aque.task.TaskId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.SnapshotParameters;
import javafx.scene.canvas.Canvas;
import javafx.scene.image.WritableImage;
import javafx.stage.FileChooser;
import javax.imageio.ImageIO;

/// Writes the whole graph of the job in view, or of the farm, as a picture: as it is folded now, in the colours of the
/// theme. Drawn on the FX thread, written in the background.
final class GraphExport {
    /// Longest side of a PNG in pixels: larger ones no viewer likes to open.
    private static final double LONGEST = 6000;
    private static final double MARGIN = 24;
    /// Nothing is opened because of its size alone.
    private static final Levels WHOLE = new Levels(Double.MAX_VALUE, Double.MAX_VALUE);

    private final GraphModel model;
    private final Inks inks;

    /// What a picture can be.
    enum Kind {
        SVG,
        PNG
    }

    GraphExport(GraphModel model, Inks inks) {
        this.model = model;
        this.inks = inks;
    }

    /// Asks for a file, then writes it.
    void ask(GraphView view, Kind kind) {
        var level = view.sight().level();
        var ending = kind.name().toLowerCase(Locale.ROOT);
        var chooser = new FileChooser();
        chooser.setTitle(Texts.of("graph.export." + ending));
        chooser.setInitialFileName(name(level) + "." + ending);
        chooser.getExtensionFilters().add(new FileChooser.ExtensionFilter(kind.name(), "*." + ending));
        var file = chooser.showSaveDialog(view.getScene().getWindow());
        if (file != null) {
            write(view, level, kind, file.toPath());
        }
    }

    /// Writes what fills the view, all of it, to a file.
    void write(GraphView view, Optional<TaskId> level, Kind kind, Path file) {
        switch (kind) {
            case SVG -> {
                var text = svg(level);
                model.background().run("export", () -> Files.writeString(file, text), done -> view.said(saved(done)));
            }
            case PNG -> {
                var image = SwingFXUtils.fromFXImage(png(view, level), null);
                model.background()
                        .run(
                                "export",
                                () -> {
                                    if (!ImageIO.write(image, "png", file.toFile())) {
                                        throw new IOException(Texts.of("graph.export.failed", file));
                                    }
                                    return file;
                                },
                                done -> view.said(saved(done)));
            }
        }
    }

    private static String saved(Path file) {
        return Texts.of("graph.export.done", file.toAbsolutePath());
    }

    private String name(Optional<TaskId> level) {
        return level.flatMap(model.farm()::row)
                .map(row -> row.view().name().replaceAll("[^A-Za-z0-9._-]+", "_"))
                .orElse("farm");
    }

    private String svg(Optional<TaskId> level) {
        return level.flatMap(model::picture)
                .map(picture -> new GraphSvg(inks, model.farm()::row)
                        .of(picture, model.critical().get()))
                .orElseGet(() -> new GraphSvg(inks, model.farm()::row).of(model));
    }

    private WritableImage png(GraphView view, Optional<TaskId> level) {
        var picture = level.flatMap(model::picture);
        var ground = picture.map(JobPicture::ground).orElse(model.plan().bounds());
        double scale = Math.min(2, LONGEST / Math.max(ground.width() + 2 * MARGIN, ground.height() + 2 * MARGIN));
        double width = Math.ceil((ground.width() + 2 * MARGIN) * scale);
        double height = Math.ceil((ground.height() + 2 * MARGIN) * scale);
        var canvas = new Canvas(width, height);
        var raster = new Raster();
        raster.begin(width, height, 1);
        var pen = new Pen(canvas.getGraphicsContext2D(), raster, new Spot(0, 0, width, height), WHOLE);
        var camera = new Camera(scale, MARGIN * scale, MARGIN * scale);
        if (picture.isPresent()) {
            var marks = Marks.none(model.critical().get());
            picture.get().refresh();
            view.painter().jobs().paint(pen, picture.get(), camera, marks);
            raster.paint(pen.g());
            view.painter().jobs().paintOver(pen, picture.get(), camera, marks);
        } else {
            view.painter().paint(pen, camera, Set.of());
        }
        var parameters = new SnapshotParameters();
        parameters.setFill(inks.of(Ink.GROUND));
        return canvas.snapshot(parameters, null);
    }
}
