package aque.desktop.usage;

import aque.desktop.control.TimeChart;
import aque.desktop.theme.Figures;
import aque.desktop.theme.Palette;
import aque.desktop.theme.Palette.Ink;
import aque.desktop.theme.Style;
import aque.desktop.theme.Texts;
import aque.desktop.usage.UsageModel.Curve;
import aque.usage.UsageSample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.VBox;

/// Curves of one attempt over each other: cpu against the cores, memory against the bytes that were asked for, and
/// what is read and written. Not there before a task begins. FX thread.
public final class UsageView extends VBox {
    private final UsageModel model;
    private final Label cpuTitle = caption();
    private final Label cpuFigures = caption();
    private final Label memoryTitle = caption();
    private final Label memoryFigures = caption();
    private final Label ioTitle = caption();
    private final Label ioFigures = caption();
    private final Label detail = caption();
    private final MenuButton attempt = new MenuButton();
    private final VBox curves = new VBox(5);
    private final TimeChart cpu;
    private final TimeChart memory;
    private final TimeChart io;

    public UsageView(UsageModel model, Palette palette) {
        this.model = model;
        cpu = TimeChart.low(palette, Ink.CPU, value -> Texts.of("usage.cores", cores(value)));
        memory = TimeChart.low(palette, Ink.MEMORY, value -> Figures.bytes((long) value));
        io = TimeChart.low(palette, Ink.IO, UsageView::rate);
        getStyleClass().addAll(Style.PANEL, Style.USAGE);
        attempt.setId("usage-attempt");
        attempt.getStyleClass().add(Style.PICK);
        cpuFigures.setId("usage-cpu");
        memoryFigures.setId("usage-memory");
        ioFigures.setId("usage-io");
        detail.setId("usage-detail");
        detail.managedProperty().bind(detail.textProperty().isNotEmpty());
        curves.getChildren()
                .addAll(
                        cpu,
                        new BorderPane(null, null, memoryFigures, null, memoryTitle),
                        memory,
                        new BorderPane(null, null, ioFigures, null, ioTitle),
                        io,
                        detail);
        curves.managedProperty().bind(curves.visibleProperty());
        visibleProperty().bind(model.began());
        managedProperty().bind(visibleProperty());
        getChildren().addAll(attempt, new BorderPane(null, null, cpuFigures, null, cpuTitle), curves);
        model.curve().addListener((o, was, is) -> show(is));
        show(model.curve().get());
    }

    private void show(Optional<Curve> curve) {
        var shown = curve.filter(c -> !c.samples().isEmpty());
        curves.setVisible(shown.isPresent());
        cpuTitle.setText(curve.filter(c -> c.cpuMilli() > 0)
                .map(c -> Texts.of("usage.cpu.of", Figures.cores(c.cpuMilli()), c.cpuMilli() / 1000.0))
                .orElse(Texts.of("usage.cpu")));
        memoryTitle.setText(Texts.of("usage.memory"));
        ioTitle.setText(Texts.of("usage.io"));
        cpuFigures.setText(shown.map(UsageView::cpuFigures).orElse(Texts.of("usage.none")));
        memoryFigures.setText(shown.map(UsageView::memoryFigures).orElse(""));
        ioFigures.setText(shown.map(UsageView::ioFigures).orElse(""));
        detail.setText(shown.map(c -> detail(c.samples().getLast().detail())).orElse(""));
        show(cpu, shown, UsageSample::cpuMilli, shown.map(Curve::cpuMilli).orElse(0));
        show(memory, shown, UsageSample::memory, shown.map(Curve::memory).orElse(0L));
        io.show(shown.map(UsageView::rates).orElse(TimeChart.Curve.NONE));
        cpu.setAccessibleText(cpuTitle.getText() + ": " + cpuFigures.getText());
        memory.setAccessibleText(memoryTitle.getText() + ": " + memoryFigures.getText());
        io.setAccessibleText(ioTitle.getText() + ": " + ioFigures.getText());
        showAttempts(curve);
    }

    /// Not there for a task that was begun once.
    private void showAttempts(Optional<Curve> curve) {
        int last = curve.map(Curve::attempts).orElse(0);
        int now = curve.map(Curve::attempt).orElse(0);
        attempt.setVisible(last > 1);
        attempt.setManaged(last > 1);
        attempt.setText(Texts.of("log.attempt", now, last));
        if (attempt.isShowing()) {
            return;
        }
        attempt.getItems().clear();
        for (int number = last; number >= 1; number--) {
            int chosen = number;
            var item = new CheckMenuItem(Texts.of("usage.attempt", number));
            item.setSelected(number == now);
            item.setOnAction(e -> model.choose(chosen));
            attempt.getItems().add(item);
        }
    }

    private static void show(
            TimeChart chart, Optional<Curve> curve, ToDoubleFunction<UsageSample> value, double limit) {
        chart.show(curve.map(c -> over(
                        c.samples(), c.samples().stream().mapToDouble(value).toArray(), limit))
                .orElse(TimeChart.Curve.NONE));
    }

    private static TimeChart.Curve over(List<UsageSample> samples, double[] values, double limit) {
        var at = samples.stream().mapToLong(s -> s.at().toEpochMilli()).toArray();
        return new TimeChart.Curve(at, values, limit, at[0], at[at.length - 1]);
    }

    /// The counts only grow, but for a process that ended and took its own with it.
    private static TimeChart.Curve rates(Curve curve) {
        var samples = curve.samples();
        var rates = new double[samples.size()];
        for (int i = 1; i < rates.length; i++) {
            var was = samples.get(i - 1);
            var is = samples.get(i);
            double seconds = Math.max(0.001, Duration.between(was.at(), is.at()).toMillis() / 1000.0);
            rates[i] = Math.max(0, total(is) - total(was)) / seconds;
        }
        return over(samples, rates, 0);
    }

    private static long total(UsageSample sample) {
        return sample.readBytes() + sample.writeBytes();
    }

    private static String cpuFigures(Curve curve) {
        double mean = curve.samples().stream()
                .mapToInt(UsageSample::cpuMilli)
                .average()
                .orElse(0);
        return Texts.of("usage.cpu.figures", cores(curve.samples().getLast().cpuMilli()), cores(mean));
    }

    private static String memoryFigures(Curve curve) {
        var now = Figures.bytes(curve.samples().getLast().memory());
        var most = Figures.bytes(
                curve.samples().stream().mapToLong(UsageSample::memory).max().orElse(0));
        return curve.memory() > 0
                ? Texts.of("usage.memory.figures", now, most, Figures.bytes(curve.memory()))
                : Texts.of("usage.memory.free", now, most);
    }

    private static String ioFigures(Curve curve) {
        var last = curve.samples().getLast();
        return Texts.of("usage.io.figures", Figures.bytes(last.readBytes()), Figures.bytes(last.writeBytes()));
    }

    /// What the machine told beside.
    private static String detail(UsageSample.Detail now) {
        var words = new ArrayList<String>();
        if (now.threads() >= 0) {
            words.add(Texts.of("usage.threads", now.threads()));
        }
        if (now.share() >= 0) {
            words.add(Texts.of("usage.share", Figures.bytes(now.share())));
        }
        if (now.gpuMilli() >= 0) {
            words.add(Texts.of("usage.gpu", cores(now.gpuMilli()), Figures.bytes(Math.max(0, now.gpuMemory()))));
        }
        return String.join(" · ", words);
    }

    private static String rate(double bytes) {
        return Texts.of("usage.rate", Figures.bytes((long) bytes));
    }

    private static String cores(double cpuMilli) {
        return "%.1f".formatted(cpuMilli / 1000);
    }

    private static Label caption() {
        var label = new Label();
        label.getStyleClass().add(Style.CAPTION);
        return label;
    }
}
