package aque.desktop;

import aque.desktop.feed.Row;
import aque.desktop.tasks.TreeProbe;
import aque.task.TaskId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/// The real console with a probe in it, for `benchmarks/run console`: it starts as `aque desktop` does, and answers
/// questions about itself on its standard input and output. What is on the screen is looked at after each pulse's
/// layout, on the FX thread; questions are answered on a thread of their own.
public final class ConsoleProbe {
    private static final Instant BORN =
            ProcessHandle.current().info().startInstant().orElseGet(Instant::now);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final TaskId marker;
    private final CompletableFuture<MainWindow> ready = new CompletableFuture<>();
    private final Stalls stalls = new Stalls();
    private @Nullable TreeProbe probe;
    private String lastMark = "";

    private ConsoleProbe(TaskId marker) {
        this.marker = marker;
    }

    /// @param arguments the farm's address, and the job whose priority is watched
    public static void main(String[] arguments) {
        var probe = new ConsoleProbe(new TaskId(Long.parseLong(arguments[1])));
        Thread.ofPlatform().daemon().name("probe").start(probe::run);
        DesktopMain.main(new String[] {"desktop", "--broker", arguments[0], "--size", "960x960"});
    }

    private void run() {
        try {
            while (!watching()) {
                Thread.sleep(2);
            }
            ready.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                var words = line.split(" ");
                say(words[0], answer(words));
            }
        } catch (Exception e) {
            System.err.println("the probe ends: " + e);
        }
        Runtime.getRuntime().halt(0);
    }

    private double answer(String[] question) throws Exception {
        return switch (question[0]) {
            case "settle" -> settle();
            case "open" -> open(id(question[1]));
            case "graph" -> new GraphFrames(window()).perSecond(id(question[1]), Integer.parseInt(question[2]));
            case "unfold" -> unfold(id(question[1]));
            case "watch" -> watch();
            case "stall" -> stalls.longest();
            case "wrong" -> new Truth(window().session()).wrong();
            case "heap" -> heap();
            default -> throw new IOException("asked " + question[0]);
        };
    }

    private static TaskId id(String word) {
        return new TaskId(Long.parseLong(word));
    }

    private static synchronized void say(String name, Object value) {
        System.out.println(name + " " + value);
        System.out.flush();
    }

    /// Is the toolkit up, so that its windows are looked at from now on?
    private boolean watching() {
        try {
            Platform.runLater(() -> Window.getWindows().forEach(this::follow));
            return ready.isDone()
                    || Window.getWindows().stream()
                            .anyMatch(w -> w.getProperties().containsKey("probe"));
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private void follow(Window window) {
        if (window instanceof Stage stage && window.getProperties().putIfAbsent("probe", true) == null) {
            stage.getScene().addPostLayoutPulseListener(() -> pulse(stage));
        }
    }

    private void pulse(Stage stage) {
        if (!(stage.getScene().getRoot() instanceof MainWindow main)) {
            return;
        }
        var tree = probe(main);
        if (ready.isDone()) {
            lookForMark(tree);
        } else if (tree.showsRows()) {
            say("first_rows_ms", Duration.between(BORN, Instant.now()).toMillis());
            ready.complete(main);
        }
    }

    private TreeProbe probe(MainWindow main) {
        var known = probe;
        if (known == null) {
            known = new TreeProbe(main.tasks());
            probe = known;
        }
        return known;
    }

    private void lookForMark(TreeProbe tree) {
        var text = tree.priority(marker).orElse("");
        if (!text.equals(lastMark)) {
            lastMark = text;
            if (text.matches("[0-9]+")) {
                say("shown", text + " " + Instant.now());
            }
        }
    }

    private MainWindow window() throws Exception {
        return ready.get();
    }

    /// Every job is there.
    private double settle() throws Exception {
        int before = -1;
        while (true) {
            int now = fx(() -> window().session().model.jobs().size());
            if (now == before) {
                return now;
            }
            before = now;
            Thread.sleep(3000);
        }
    }

    /// From the wish to the pulse that shows the job's tasks, all of them in the tree.
    private double open(TaskId job) throws Exception {
        var main = window();
        long began = fx(() -> {
            long now = System.nanoTime();
            main.tasks().unfold(job);
            return now;
        });
        var steps = until(() -> main.session()
                .model
                .open(job)
                .filter(open -> open.whole())
                .map(open -> open.root().children().stream()
                        .filter(Row::isGroup)
                        .map(Row::id)
                        .toList()));
        var shown = new CompletableFuture<Long>();
        fx(() -> {
            steps.forEach(main.tasks()::unfold);
            main.getScene().addPostLayoutPulseListener(() -> {
                if (probe(main).lines() > 50_000) {
                    shown.complete(System.nanoTime());
                }
            });
            main.requestLayout();
            Platform.requestNextPulse();
            return true;
        });
        long ended = shown.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        fx(() -> {
            main.tasks().fold(job);
            return true;
        });
        return (ended - began) / 1e6;
    }

    private static List<TaskId> until(Callable<Optional<List<TaskId>>> look) throws Exception {
        var end = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(end)) {
            var found = fx(look);
            if (found.isPresent()) {
                return found.get();
            }
            Thread.sleep(1);
        }
        throw new IOException("the job did not open");
    }

    /// Somebody looks at the tasks of a job.
    private double unfold(TaskId job) throws Exception {
        fx(() -> {
            window().tasks().unfold(job);
            return true;
        });
        until(() -> window().session().model.open(job).map(open -> List.of(job)));
        return 1;
    }

    private double watch() {
        stalls.start();
        return 0;
    }

    private static double heap() {
        System.gc();
        System.gc();
        var now = Runtime.getRuntime();
        return (now.totalMemory() - now.freeMemory()) / 1048576.0;
    }

    static <T> T fx(Callable<T> what) throws Exception {
        var result = new CompletableFuture<T>();
        Platform.runLater(() -> {
            try {
                result.complete(what.call());
            } catch (Exception e) {
                result.completeExceptionally(e);
            }
        });
        return result.get();
    }
}
