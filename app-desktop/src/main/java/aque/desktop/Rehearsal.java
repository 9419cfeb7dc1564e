package aque.desktop;

import aque.desktop.feed.FxBatch;
import aque.local.LocalPostgres;
import aque.schedule.Needs;
import aque.submit.NewTask;
import aque.submit.Submission;
import aque.submit.TaskOptions;
import aque.submit.Work;
import aque.task.TaskId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.stage.Window;

/// What the launcher runs once to make the console's start-up cache: the real console, on a screen in memory and a
/// server of its own, shows a few jobs, unfolds one and turns to every panel, so that the JVM sees the classes that a
/// window needs and learns which of their methods are hot. `AQUE_HOME` names an empty folder, for the server.
public final class Rehearsal {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int JOBS = 40;
    private static final int TASKS = 300;

    private Rehearsal() {}

    public static void main(String[] arguments) {
        if (System.getenv("AQUE_HOME") == null) {
            System.err.println("AQUE_HOME is to name an empty folder");
            System.exit(2);
        }
        System.setProperty("glass.platform", "Headless");
        System.setProperty("prism.order", "sw");
        Thread.ofPlatform().daemon().name("rehearsal").start(Rehearsal::play);
        DesktopMain.main(new String[] {"desktop", "--broker", "", "--size", "960x960"});
    }

    private static void play() {
        int code = 1;
        try {
            show(until(Rehearsal::window));
            code = 0;
        } catch (Exception e) {
            System.err.println("the rehearsal ended early: " + e);
        }
        LocalPostgres.ofUser().stop();
        // An orderly exit: the cache is written then.
        System.exit(code);
    }

    private static void show(MainWindow window) throws Exception {
        var session = window.session();
        var big = submit(session);
        until(() -> Optional.of(true)
                .filter(yes -> session.model.jobs().size() == JOBS
                        && session.model.job(big).isPresent()));
        onFx(() -> {
            window.tasks().unfold(big);
            session.selection.only(big);
            return true;
        });
        until(() -> session.model.open(big).filter(open -> open.whole()));
        for (var panel : List.of("graph", "errors", "triage", "workers", "activity", "log", "jobs")) {
            onFx(() -> {
                window.focus(panel);
                return true;
            });
            Thread.sleep(300);
        }
        for (int turn = 0; turn < 20; turn++) {
            session.farm.broker().priority(1000 + turn, List.of(big));
            Thread.sleep(100);
        }
    }

    private static TaskId submit(Session session) {
        for (int i = 1; i < JOBS; i++) {
            session.farm.broker().submit(job("shot_" + i, 5));
        }
        return session.farm.broker().submit(job("rehearsal", TASKS)).id();
    }

    private static Submission job(String name, int tasks) {
        var all = new ArrayList<NewTask>();
        all.add(NewTask.group(name, -1, List.of()));
        all.add(NewTask.group("render", 0, List.of()));
        for (int i = 0; i < tasks; i++) {
            all.add(new NewTask(
                    "%04d".formatted(i),
                    new Work.Command(List.of("true")),
                    1,
                    List.of(),
                    Needs.ONE_CPU,
                    0,
                    TaskOptions.NONE));
        }
        return Submission.of(name, "ann", Path.of("/"), all).withPriority(500);
    }

    private static Optional<MainWindow> window() {
        return Window.getWindows().stream()
                .filter(Window::isShowing)
                .map(window -> window.getScene().getRoot())
                .filter(MainWindow.class::isInstance)
                .map(MainWindow.class::cast)
                .findFirst();
    }

    /// Looks on the FX thread until it is there.
    private static <T> T until(Callable<Optional<T>> look) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            var found = toolkit() ? onFx(look) : Optional.<T>empty();
            if (found.isPresent()) {
                return found.get();
            }
            Thread.sleep(20);
        }
        throw new TimeoutException("waited for " + PATIENCE);
    }

    /// Is there an FX thread yet?
    private static boolean toolkit() {
        try {
            fx(() -> {});
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private static <T> T onFx(Callable<T> what) throws Exception {
        var result = new CompletableFuture<T>();
        fx(() -> {
            try {
                result.complete(what.call());
            } catch (Exception e) {
                result.completeExceptionally(e);
            }
        });
        return result.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static void fx(Runnable what) {
        new FxBatch<Runnable>(turn -> turn.forEach(Runnable::run)).offer(what);
    }
}
