package aque.desktop.usage;

import aque.desktop.control.TimeChart;
import aque.desktop.theme.Figures;
import aque.desktop.theme.Palette;
import aque.desktop.theme.Palette.Ink;
import aque.desktop.theme.Style;
import aque.desktop.theme.Texts;
import aque.desktop.usage.LoadModel.Load;
import aque.desktop.usage.LoadModel.Span;
import aque.farm.FarmSample;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// The farm over time: cores given out of those there are, memory likewise, tasks that ran. FX thread.
public final class LoadView extends VBox {
    private final LoadModel model;
    private final Label figures = new Label();
    private final TimeChart cores;
    private final TimeChart memory;
    private final TimeChart running;

    public LoadView(LoadModel model, Palette palette) {
        this.model = model;
        getStyleClass().addAll(Style.PANEL, Style.LOAD);
        cores = TimeChart.dated(palette, Ink.CPU, value -> Texts.of("usage.cores", Figures.cores((int) value)));
        memory = TimeChart.dated(palette, Ink.MEMORY, value -> Figures.bytes((long) value));
        running = TimeChart.dated(palette, Ink.ACCENT, value -> Texts.of("load.tasks", (long) value));
        figures.getStyleClass().add(Style.MUTED);
        figures.setId("load-figures");
        var charts = new HBox(
                16, titled("load.cores", cores), titled("load.memory", memory), titled("load.running", running));
        VBox.setVgrow(charts, Priority.ALWAYS);
        getChildren().addAll(new BorderPane(null, null, spans(), null, figures), charts);
        model.load().addListener((o, was, is) -> show(is));
        sceneProperty().addListener((o, was, is) -> model.watched(is != null));
        show(model.load().get());
    }

    private HBox spans() {
        var group = new ToggleGroup();
        var row = new HBox(4);
        row.setAlignment(Pos.CENTER_RIGHT);
        for (var span : Span.values()) {
            var chip = new ToggleButton(Texts.of("load.span." + span.name().toLowerCase(Locale.ROOT)));
            chip.getStyleClass().add(Style.CHIP);
            chip.setToggleGroup(group);
            chip.setSelected(model.span().get() == span);
            chip.setOnAction(e -> {
                chip.setSelected(true);
                model.span().set(span);
            });
            row.getChildren().add(chip);
        }
        return row;
    }

    private static VBox titled(String key, TimeChart chart) {
        var title = new Label(Texts.of(key));
        title.getStyleClass().add(Style.CAPTION);
        var both = new VBox(4, title, chart);
        VBox.setVgrow(chart, Priority.ALWAYS);
        HBox.setHgrow(both, Priority.ALWAYS);
        both.setPrefWidth(200);
        return both;
    }

    private void show(Load load) {
        show(cores, load, FarmSample::usedCpuMilli, FarmSample::cpuMilli);
        show(memory, load, FarmSample::usedMemory, FarmSample::memory);
        show(running, load, FarmSample::running, s -> 0);
        if (load.samples().isEmpty()) {
            figures.setText(Texts.of("load.none"));
            return;
        }
        var last = load.samples().getLast();
        figures.setText(Texts.of(
                "load.figures",
                last.workers(),
                Figures.cores((int) last.usedCpuMilli()),
                Figures.cores((int) last.cpuMilli()),
                last.running()));
    }

    private static void show(
            TimeChart chart, Load load, ToDoubleFunction<FarmSample> value, ToDoubleFunction<FarmSample> limit) {
        var samples = load.samples();
        chart.show(new TimeChart.Curve(
                samples.stream().mapToLong(s -> s.at().toEpochMilli()).toArray(),
                samples.stream().mapToDouble(value).toArray(),
                samples.isEmpty() ? 0 : limit.applyAsDouble(samples.getLast()),
                load.from().toEpochMilli(),
                load.to().toEpochMilli()));
    }
}
