package aque.desktop.usage;

import aque.desktop.theme.Figures;
import aque.desktop.theme.Palette;
import aque.desktop.theme.Palette.Ink;
import aque.desktop.theme.Style;
import aque.desktop.theme.Texts;
import aque.desktop.usage.UsageModel.Curve;
import aque.usage.UsageSample;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import javafx.scene.control.Label;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.VBox;

/// Two curves over each other: cpu against the cores, memory against the bytes that were asked for. FX thread.
public final class UsageView extends VBox {
    private final Label cpuTitle = caption();
    private final Label cpuFigures = caption();
    private final Label memoryTitle = caption();
    private final Label memoryFigures = caption();
    private final Sparkline cpu;
    private final Sparkline memory;

    public UsageView(UsageModel model, Palette palette) {
        cpu = new Sparkline(palette, Ink.CPU);
        memory = new Sparkline(palette, Ink.MEMORY);
        getStyleClass().addAll(Style.PANEL, Style.USAGE);
        getChildren()
                .addAll(
                        new BorderPane(null, null, cpuFigures, null, cpuTitle),
                        cpu,
                        new BorderPane(null, null, memoryFigures, null, memoryTitle),
                        memory);
        model.curve().addListener((o, was, is) -> show(is));
        show(model.curve().get());
    }

    private void show(Optional<Curve> curve) {
        var shown = curve.filter(c -> !c.samples().isEmpty());
        cpuTitle.setText(curve.filter(c -> c.cpuMilli() > 0)
                .map(c -> Texts.of("usage.cpu.of", Figures.cores(c.cpuMilli()), c.cpuMilli() / 1000.0))
                .orElse(Texts.of("usage.cpu")));
        memoryTitle.setText(Texts.of("usage.memory"));
        cpuFigures.setText(shown.map(UsageView::cpuFigures).orElse(Texts.of("usage.none")));
        memoryFigures.setText(shown.map(UsageView::memoryFigures).orElse(""));
        show(cpu, shown, UsageSample::cpuMilli, shown.map(Curve::cpuMilli).orElse(0));
        show(memory, shown, UsageSample::memory, shown.map(Curve::memory).orElse(0L));
        cpu.setAccessibleText(cpuTitle.getText() + ": " + cpuFigures.getText());
        memory.setAccessibleText(memoryTitle.getText() + ": " + memoryFigures.getText());
    }

    private static void show(Sparkline line, Optional<Curve> curve, ToDoubleFunction<UsageSample> value, double limit) {
        line.show(
                curve.map(c -> c.samples().stream().mapToDouble(value).toArray())
                        .orElse(new double[0]),
                limit);
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
        return curve.memory() > 0 ? Texts.of("usage.memory.figures", now, Figures.bytes(curve.memory())) : now;
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
