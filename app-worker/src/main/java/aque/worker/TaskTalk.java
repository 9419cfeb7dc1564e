package aque.worker;

import aque.broker.Broker;
import aque.farm.FarmStore;
import aque.log.Channel;
import aque.posix.Signal;
import aque.task.TaskId;
import aque.task.TaskView;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Predicate;

/// What a task may say through the [TaskDoor], and what it is told. Any thread.
final class TaskTalk implements TaskDoor.Listener {
    private static final Duration LAST_MOMENTS = Duration.ofMinutes(1);

    private final Broker broker;
    private final FarmStore farm;
    private final Predicate<TaskRun> othersComeFirst;

    /// @param othersComeFirst whether something of higher priority could start here in place of this task
    TaskTalk(Broker broker, FarmStore farm, Predicate<TaskRun> othersComeFirst) {
        this.broker = broker;
        this.farm = farm;
        this.othersComeFirst = othersComeFirst;
    }

    @Override
    public String heard(TaskRun run, String verb, String text) {
        return switch (verb) {
            case "progress" -> progress(run, text);
            case "status" -> said(() -> run.voice().status(text));
            case "log" -> said(() -> run.tap().note(Channel.LOG, text));
            case "result" -> said(() -> run.tap().note(Channel.RESULT, text));
            case "channel" -> free(run, text);
            case "get" -> field(run, text);
            case "top_level" -> stored(run, run.claim().job(), text);
            case "yield" -> said(() -> giveWay(run));
            case "suspend" -> said(() -> suspend(run));
            case "next" -> next(run, text);
            default -> throw new IllegalArgumentException("there is nothing like '" + verb + "' to say");
        };
    }

    private static String next(TaskRun run, String said) {
        try {
            return run.items().next(said);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    /// `NAME text`: a line for each of the text's.
    private static String free(TaskRun run, String text) {
        var part = text.split(" ", 2);
        if (part.length < 2 || !Channel.isFreeName(part[0])) {
            throw new IllegalArgumentException("a channel of one's own has a name of small letters: " + part[0]);
        }
        part[1].lines().forEach(line -> run.tap().note(Channel.FREE, part[0] + " " + line));
        return "";
    }

    private static String said(Runnable action) {
        action.run();
        return "";
    }

    /// `43`, `43%` or `12/240`, then what it is doing.
    private static String progress(TaskRun run, String text) {
        var part = text.split(" ", 2);
        run.voice().progress(percent(part[0]));
        if (part.length > 1 && !part[1].isBlank()) {
            run.voice().status(part[1]);
        }
        return "";
    }

    private static double percent(String amount) {
        try {
            var part = amount.replace("%", "").split("/", 2);
            var done = Double.parseDouble(part[0]);
            var percent = part.length > 1 ? 100 * done / Double.parseDouble(part[1]) : done;
            if (percent >= 0 && percent <= 100) {
                return percent;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("progress is a percentage or done/all, not " + amount, e);
        }
        throw new IllegalArgumentException("progress is from 0 to 100, not " + amount);
    }

    private String field(TaskRun run, String name) {
        var claim = run.claim();
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "id" -> claim.task().toString();
            case "job" -> claim.job().toString();
            case "name" -> claim.name();
            case "attempt" -> Integer.toString(claim.attempt());
            case "cpus" -> run.environment().getOrDefault("AQUE_CPUS", "");
            case "memory" -> Long.toString(claim.memory());
            case "cwd" -> claim.cwd();
            case "worker" -> run.environment().getOrDefault("AQUE_WORKER", "");
            case "state" -> "running";
            case "progress" -> Double.toString(run.voice().percent());
            case "status" -> run.voice().status();
            default -> stored(run, claim.task(), name);
        };
    }

    private String stored(TaskRun run, TaskId id, String name) {
        var view = farm.task(id).orElseThrow(() -> new IllegalArgumentException("task " + id + " is gone"));
        return of(view, run, name);
    }

    private static String of(TaskView view, TaskRun run, String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "id" -> view.id().toString();
            case "job" -> run.claim().job().toString();
            case "name" -> view.name();
            case "attempt" -> Integer.toString(view.attempt());
            case "state" -> view.state().word();
            case "progress" -> Double.toString(view.progress());
            case "status" -> view.status();
            case "owner" -> view.owner();
            case "priority" -> Integer.toString(view.priority());
            default -> throw new IllegalArgumentException("a task has no field '" + name + "'");
        };
    }

    /// It goes on, or is ended by the signal that this sends.
    private void giveWay(TaskRun run) {
        if (othersComeFirst.test(run)) {
            run.tap().note(Channel.LOG, "aque: gives way to a higher priority");
            run.requeue();
            awaitTheEnd();
        }
    }

    /// No answer: the task does not go on.
    private static void awaitTheEnd() {
        try {
            Thread.sleep(LAST_MOMENTS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void suspend(TaskRun run) {
        run.tap()
                .note(
                        Channel.LOG,
                        "aque: has suspended itself; `aque kill -s CONT "
                                + run.claim().task() + "` lets it go on");
        broker.suspended(run.claim().task(), run.claim().attempt(), true);
        run.signal(Signal.STOP);
        // With the answer it would go on.
        try {
            run.process().awaitStart();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
