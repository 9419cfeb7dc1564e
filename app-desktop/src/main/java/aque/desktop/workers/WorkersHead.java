package aque.desktop.workers;

import aque.desktop.control.Strip;
import aque.desktop.theme.Figures;
import aque.desktop.theme.Palette;
import aque.desktop.theme.Style;
import aque.desktop.theme.Texts;
import aque.desktop.theme.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.canvas.Canvas;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/// The whole farm in one line, however many machines it has: how many are busy, idle, away and lost, and a strip with a
/// cell each, in the order of the table. A click on a cell chooses that worker. FX thread.
final class WorkersHead extends HBox {
    private static final double HEIGHT = 11;
    /// A cell is never wider: two workers are no two banners.
    private static final double WIDEST = 24;

    private final List<WorkerRow> rows;
    private final Palette palette;
    private final Label words = new Label();
    private final Canvas canvas = new Canvas(1, HEIGHT);
    private final Pane room = new Pane(canvas);

    /// @param rows as the table has them
    /// @param choose gets the worker whose cell was clicked
    WorkersHead(List<WorkerRow> rows, Palette palette, Consumer<WorkerRow> choose) {
        super(12);
        this.rows = rows;
        this.palette = palette;
        setAlignment(Pos.CENTER_LEFT);
        getStyleClass().add("table-head");
        setMinHeight(28);
        words.getStyleClass().add(Style.MUTED);
        words.setId("workers-summary");
        words.setMinWidth(Region.USE_PREF_SIZE);
        room.setMinSize(0, HEIGHT);
        room.setPrefSize(0, HEIGHT);
        room.setMaxHeight(HEIGHT);
        HBox.setHgrow(room, Priority.ALWAYS);
        room.widthProperty().addListener((o, was, is) -> show());
        canvas.setOnMouseClicked(e -> {
            if (!rows.isEmpty()) {
                choose.accept(at(e.getX()));
            }
        });
        var hint = new Tooltip();
        canvas.setOnMouseMoved(e -> hint.setText(rows.isEmpty() ? "" : hint(at(e.getX()))));
        Tooltip.install(canvas, hint);
        getChildren().addAll(words, room);
        palette.onChange(this::show);
    }

    /// Says and paints how they are now.
    void show() {
        words.setText(summary());
        canvas.setWidth(Math.max(1, Math.min(room.getWidth(), rows.size() * WIDEST)));
        var g = canvas.getGraphicsContext2D();
        g.clearRect(0, 0, canvas.getWidth(), HEIGHT);
        if (!rows.isEmpty()) {
            Strip.of(rows.size(), i -> WorkerCells.tone(rows.get(i).view()))
                    .paint(g, palette, 0, 0, canvas.getWidth(), HEIGHT);
        }
    }

    private WorkerRow at(double x) {
        return rows.get(Strip.at(x, canvas.getWidth(), rows.size()));
    }

    private static String hint(WorkerRow row) {
        return Texts.of(
                "workers.hint",
                row.view().name(),
                WorkersView.state(row.view()),
                row.view().running());
    }

    /// `300 workers · 281 busy · 12 idle · 4 away · 3 lost`
    private String summary() {
        Map<Tone, Integer> counts = new TreeMap<>();
        rows.forEach(row -> counts.merge(WorkerCells.tone(row.view()), 1, Integer::sum));
        var parts = new ArrayList<String>();
        parts.add(Texts.of("status.workers", rows.size()));
        for (var tone : List.of(Tone.RUNNING, Tone.PENDING, Tone.HELD, Tone.ERROR)) {
            int count = counts.getOrDefault(tone, 0);
            if (count > 0) {
                parts.add(Texts.of("workers.count." + tone.key(), Figures.count(count)));
            }
        }
        return String.join(" · ", parts);
    }
}
