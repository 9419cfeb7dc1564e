package aque.benchmark;

import aque.broker.Broker;
import aque.broker.Claim;
import aque.broker.Outcome;
import aque.db.Database;
import aque.desktop.feed.Background;
import aque.desktop.feed.Farm;
import aque.desktop.feed.FarmModel;
import aque.desktop.feed.Selection;
import aque.desktop.log.LogModel;
import aque.desktop.log.LogView;
import aque.desktop.theme.Theme;
import aque.event.Hints;
import aque.log.Channel;
import aque.log.LogChunk;
import aque.log.LogStore;
import aque.schedule.Capabilities;
import aque.task.TaskId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Labeled;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;

/// `console-log`: a log of a gigabyte in the console's own view, on the headless platform. From the choice of its
/// task to the pulse that shows its last line; from Enter in the search field to the pulse that shows how many were
/// found. The search is the slower of two expressions: one with a text that every match holds, one without any.
final class ConsoleLogBenchmark implements Benchmark {
    private static final String LITERAL = "texture '//tex/hull_(spec|bump)\\.exr' not found";
    private static final String NONE = "\\b[0-9]{2}:[0-5]9\\.[0-9]7\\b";
    private static final String LAST = "Saved: '/show/boat/0101.exr' the very last line of ";
    private static final int CHUNK = 256 << 10;

    @Override
    public Figures run(aque.benchmark.Stage stage) throws Exception {
        return into(new Figures(), stage);
    }

    /// Adds its figures to those of the whole console.
    static Figures into(Figures figures, aque.benchmark.Stage stage) throws Exception {
        long bytes = (long) stage.options().number("log-mb", 1024) << 20;
        try (var database = stage.farm(2)) {
            var broker = new Broker(database, Hints.direct(database), "bench");
            var worker =
                    broker.hello("bench", new Capabilities("bench", "linux", "bench", 4000, 0, Map.of(), Map.of()), "");
            var big = broker.submit(Jobs.one("big")).id();
            var small = broker.submit(Jobs.one("small")).id();
            for (var claim : broker.acquire(worker, broker.classes(0).keySet(), 4000, 4000, 0, 2)) {
                write(database, claim, claim.task().equals(big) ? bytes : 1000, claim.name());
                broker.complete(worker, List.of(Outcome.success(claim.task(), claim.attempt())));
            }
            stage.settle(database);
            stage.say("a log of %d MiB is there", bytes >> 20);
            var console = Console.open(database);
            var open = new ArrayList<Double>();
            var literal = new ArrayList<Double>();
            var none = new ArrayList<Double>();
            for (var round = 1; round <= stage.options().rounds(); round++) {
                console.choose(small, "small");
                open.add(console.choose(big, "big"));
                literal.add(console.search(LITERAL));
                none.add(console.search(NONE));
                stage.say(
                        "round %d: open %.0f, search %.0f with a text, %.0f without, heap %.0f MiB",
                        round, open.getLast(), literal.getLast(), none.getLast(), heap());
            }
            double heap = heap();
            console.close();
            var slower = Samples.of(none).median() > Samples.of(literal).median() ? none : literal;
            return figures.median("log_open_ms", Samples.of(open))
                    .median("log_search_ms", Samples.of(slower))
                    .figure("log_heap_mb", heap)
                    .condition("log_mb", bytes >> 20);
        }
    }

    private static double heap() {
        System.gc();
        var now = Runtime.getRuntime();
        return (now.totalMemory() - now.freeMemory()) / 1048576.0;
    }

    /// A renderer's log: its lines in chunks as a worker cuts them, two channels.
    private static void write(Database database, Claim claim, long bytes, String name) {
        var logs = new LogStore(database);
        var line = new StringBuilder();
        long written = 0;
        long err = 0;
        for (int i = 0; written < bytes; ) {
            line.setLength(0);
            while (line.length() < CHUNK && written + line.length() < bytes) {
                line.append(
                        "Fra:101 Mem:%d.%02dM (Peak 1945.12M) | Time:00:%02d.%02d | Remaining:%02d:%02d.%02d | Rendered %d/128 samples, tile %d%n"
                                .formatted(
                                        800 + i % 900,
                                        i % 97,
                                        i % 60,
                                        i % 100,
                                        i % 47,
                                        i % 60,
                                        i % 89,
                                        i % 128,
                                        i * 7919L % 65536));
                i++;
            }
            if (written + line.length() >= bytes) {
                line.append(LAST).append(name).append('\n');
            }
            var chunks = new ArrayList<LogChunk>();
            chunks.add(chunk(claim, Channel.STDOUT, written, line.toString()));
            written += line.length();
            if (i % 20_000 < 3000) {
                var warning = "Warning: texture '//tex/hull_spec.exr' not found, using pink\n";
                chunks.add(chunk(claim, Channel.STDERR, err, warning));
                err += warning.length();
            }
            logs.append(chunks);
        }
    }

    private static LogChunk chunk(Claim claim, Channel channel, long offset, String text) {
        return new LogChunk(
                claim.task(), claim.attempt(), channel, offset, Instant.now(), text.getBytes(StandardCharsets.UTF_8));
    }

    /// The log of the console in a window of its own.
    private record Console(Farm farm, Background background, FarmModel model, Selection selection, Scene scene) {

        static Console open(Database database) throws Exception {
            System.setProperty("glass.platform", "Headless");
            System.setProperty("prism.order", "sw");
            Platform.startup(() -> {});
            var farm = Farm.open(database.address(), "bench");
            var console = onFx(() -> make(farm)).get();
            until(() -> console.model().jobs().size() == 2).get();
            return console;
        }

        private static Console make(Farm farm) {
            var background = new Background(System.err::println);
            var model = new FarmModel(farm, background);
            var selection = new Selection();
            var theme = new Theme();
            var log = new LogModel(farm, model, selection, background);
            var scene = new Scene(new StackPane(theme.palette(), new LogView(log, theme.palette())), 400, 700);
            theme.dress(scene);
            theme.set(Theme.Mode.DARK);
            var window = new Stage();
            window.setScene(scene);
            window.show();
            model.start();
            return new Console(farm, background, model, selection, scene);
        }

        double choose(TaskId task, String name) throws Exception {
            long began = System.nanoTime();
            onFx(() -> {
                        selection.only(task);
                        return true;
                    })
                    .get();
            return until(() -> node("#log-lines").getAccessibleText().contains(LAST + name))
                            .get()
                    - began / 1e6;
        }

        double search(String regex) throws Exception {
            onFx(() -> {
                        ((TextInputControl) node("#log-search")).setText(regex);
                        return true;
                    })
                    .get();
            long began = System.nanoTime();
            onFx(() -> {
                        Event.fireEvent(
                                node("#log-search"),
                                new KeyEvent(KeyEvent.KEY_PRESSED, "", "", KeyCode.ENTER, false, false, false, false));
                        return true;
                    })
                    .get();
            return until(() -> ((Labeled) node("#log-found")).getText().startsWith("1 of "))
                            .get()
                    - began / 1e6;
        }

        private Node node(String id) {
            return scene.lookup(id);
        }

        private static <T> CompletableFuture<T> onFx(Supplier<T> what) {
            var done = new CompletableFuture<T>();
            Platform.runLater(() -> done.complete(what.get()));
            return done;
        }

        /// The time, in milliseconds, of the pulse after the one in which it was so.
        private static CompletableFuture<Double> until(Supplier<Boolean> holds) {
            var done = new CompletableFuture<Double>();
            Platform.runLater(() -> new AnimationTimer() {
                private boolean held;

                @Override
                public void handle(long now) {
                    if (held) {
                        stop();
                        done.complete(System.nanoTime() / 1e6);
                    }
                    held = held || holds.get();
                }
            }.start());
            return done;
        }

        void close() {
            model.close();
            background.close();
            farm.close();
        }
    }
}
