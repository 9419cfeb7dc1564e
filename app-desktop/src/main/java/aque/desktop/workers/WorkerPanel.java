package aque.desktop.workers;

import aque.desktop.control.TimeChart;
import aque.desktop.theme.Figures;
import aque.desktop.theme.Icons;
import aque.desktop.theme.Palette;
import aque.desktop.theme.Palette.Ink;
import aque.desktop.theme.Style;
import aque.desktop.theme.Texts;
import aque.desktop.theme.Tone;
import aque.desktop.workers.WorkerMenu.Act;
import aque.desktop.workers.WorkersModel.Chosen;
import aque.farm.WorkerLogStore;
import aque.farm.WorkerView;
import aque.task.TaskView;
import aque.usage.LoadSample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// All about one worker: what runs there, what its tasks used within the last hour, and what can be done to it. FX
/// thread.
final class WorkerPanel extends VBox {
    private final WorkersModel model;
    private final WorkerMenu menu;
    private final Label title = new Label();
    private final Label words = new Label();
    private final Label said = new Label();
    private final FlowPane actions = new FlowPane(4, 4);
    private final VBox tasks = new VBox(2);
    private final Label cpuTitle = caption();
    private final Label memoryTitle = caption();
    private final Label logTitle = caption();
    private final Label ownLog = new Label();
    private final TimeChart cpu;
    private final TimeChart memory;

    WorkerPanel(WorkersModel model, WorkerMenu menu, Palette palette) {
        this.model = model;
        this.menu = menu;
        setId("worker-panel");
        getStyleClass().addAll(Style.PANEL, Style.WORKER_PANEL);
        setMinWidth(200);
        title.getStyleClass().add(Style.STRONG);
        words.getStyleClass().add(Style.MUTED);
        words.setWrapText(true);
        said.setWrapText(true);
        ownLog.getStyleClass().addAll(Style.MONO, Style.MUTED);
        ownLog.setId("worker-log");
        ownLog.setWrapText(true);
        said.managedProperty().bind(said.textProperty().isNotEmpty());
        cpu = TimeChart.low(palette, Ink.CPU, value -> Texts.of("usage.cores", "%.1f".formatted(value / 1000)));
        memory = TimeChart.low(palette, Ink.MEMORY, value -> Figures.bytes((long) value));
        for (var act : Act.values()) {
            actions.getChildren().add(button(act));
        }
        var all = new VBox(6, title, words, said, actions, tasks, cpuTitle, cpu, memoryTitle, memory, logTitle, ownLog);
        var scroll = new ScrollPane(all);
        scroll.setFitToWidth(true);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getChildren().add(scroll);
        model.chosen().addListener((o, was, is) -> show(is));
        show(model.chosen().get());
    }

    private Button button(Act act) {
        var button = new Button(act.title());
        button.setId("worker-" + act.key());
        button.getStyleClass().addAll("flat", Style.SMALL);
        if (act.isDangerous()) {
            button.getStyleClass().add("danger-item");
        }
        button.setTooltip(new Tooltip(Texts.of("workers." + act.key() + ".hint")));
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setOnAction(e -> menu.begin(act));
        return button;
    }

    private void show(Optional<Chosen> chosen) {
        boolean is = chosen.isPresent();
        actions.setVisible(is);
        actions.setManaged(is);
        title.setText(chosen.map(c -> c.worker().name()).orElse(Texts.of("workers.none")));
        title.setGraphic(
                chosen.map(c -> Icons.glyph(WorkerCells.tone(c.worker()), 14)).orElse(null));
        words.setText(chosen.map(c -> words(c.worker())).orElse(Texts.of("workers.none.hint")));
        said.setText(chosen.map(c -> c.worker().note()).orElse(""));
        tasks.getChildren().clear();
        chosen.ifPresent(c -> c.running().forEach(task -> tasks.getChildren().add(line(task))));
        logTitle.setText(chosen.filter(c -> !c.log().isEmpty())
                .map(c -> Texts.of("workers.log"))
                .orElse(""));
        ownLog.setText(chosen.map(c -> log(c.log())).orElse(""));
        cpuTitle.setText(chosen.map(c -> Texts.of(
                        "usage.cpu.of",
                        Figures.cores(c.worker().cpuMilli()),
                        c.worker().cpuMilli() / 1000.0))
                .orElse(""));
        memoryTitle.setText(chosen.map(c ->
                        Texts.of("workers.memory.of", Figures.bytes(c.worker().memory())))
                .orElse(""));
        show(
                cpu,
                chosen,
                LoadSample::cpuMilli,
                chosen.map(c -> c.worker().cpuMilli()).orElse(0));
        show(
                memory,
                chosen,
                LoadSample::memory,
                chosen.map(c -> c.worker().memory()).orElse(0L));
    }

    /// The newest first: it is what one looks for.
    private static String log(List<WorkerLogStore.Line> lines) {
        return lines.reversed().stream()
                .map(l ->
                        Figures.exact(l.at()) + (l.level().equals("INFO") ? "  " : "  " + l.level() + "  ") + l.text())
                .collect(Collectors.joining("\n"));
    }

    private static String words(WorkerView worker) {
        var since = Texts.of(
                "workers.words",
                WorkersView.state(worker),
                worker.host(),
                Figures.age(Duration.between(worker.started(), Instant.now())),
                worker.version());
        return worker.aside()
                .map(a -> since + "\n" + Texts.of("workers.words.aside", a.actor(), Figures.exact(a.at()), a.note()))
                .orElse(since);
    }

    private Hyperlink line(TaskView task) {
        var link = new Hyperlink(Texts.of(
                "workers.task",
                task.name(),
                task.owner(),
                task.started()
                        .map(at -> Figures.duration(Duration.between(at, Instant.now())))
                        .orElse(Figures.NONE)));
        link.setGraphic(Icons.glyph(Tone.of(task), 12));
        link.setOnAction(e -> model.goTo(task));
        return link;
    }

    private static void show(
            TimeChart chart, Optional<Chosen> chosen, ToDoubleFunction<LoadSample> value, double limit) {
        chart.show(chosen.map(c -> new TimeChart.Curve(
                        c.load().stream().mapToLong(s -> s.at().toEpochMilli()).toArray(),
                        c.load().stream().mapToDouble(value).toArray(),
                        limit,
                        c.from().toEpochMilli(),
                        c.to().toEpochMilli()))
                .orElse(TimeChart.Curve.NONE));
    }

    private static Label caption() {
        var label = new Label();
        label.getStyleClass().add(Style.CAPTION);
        return label;
    }
}
