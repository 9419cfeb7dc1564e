package aque.desktop.tasks;

import aque.desktop.feed.Row;
import aque.desktop.theme.Figures;
import aque.desktop.theme.Texts;
import aque.desktop.theme.Tone;
import aque.task.TaskState;
import aque.task.TaskView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;

/// What the columns say about a row. Pure.
final class Words {
    private Words() {}

    /// `61 %`, `done`, `2 of 120`, `exit 1`, else the word of the state.
    static String state(Row row) {
        var task = row.view();
        if (task.stopsAt().isPresent()) {
            return stops(Duration.between(Instant.now(), task.stopsAt().get()));
        }
        var tone = row.tone();
        if (row.isGroup()) {
            return group(row, tone);
        }
        if (tone == Tone.RUNNING && task.progress() >= 0) {
            return Figures.percent(task.progress());
        }
        return tone == Tone.ERROR ? failure(task) : tone.word();
    }

    private static String stops(Duration left) {
        return left.isPositive() ? Texts.of("state.stops", (left.toMillis() + 999) / 1000) : Tone.STOPPING.word();
    }

    private static String group(Row row, Tone tone) {
        var tally = row.tally();
        return switch (tone) {
            case RUNNING -> Figures.percent(tally.done());
            case ERROR -> Texts.of("state.of", Figures.count(tally.of(Tone.ERROR)), Figures.count(tally.total()));
            default -> tone.word();
        };
    }

    private static String failure(TaskView task) {
        if (task.signal().isPresent()) {
            return Texts.of("state.signal", task.signal().getAsInt());
        }
        if (task.exitCode().isPresent()
                && (task.reason().isEmpty() || task.reason().equals("exit"))) {
            return Texts.of("state.exit", task.exitCode().getAsInt());
        }
        return task.reason().isEmpty() ? Tone.ERROR.word() : task.reason().replace('_', ' ');
    }

    /// How long it runs or ran.
    static String time(Row row, Instant now) {
        var task = row.view();
        if (task.state().ended() && task.ended().isEmpty()) {
            return Figures.NONE;
        }
        return task.started()
                .map(start ->
                        Figures.duration(Duration.between(start, task.ended().orElse(now))))
                .orElse(Figures.NONE);
    }

    /// About how long it still runs, if it goes on as now: by what it says of its progress, of a group by what is done.
    static Optional<Duration> remains(Row row, Instant now) {
        var task = row.view();
        double done = row.isGroup() ? row.tally().done() : task.progress();
        boolean runs = row.isGroup() ? row.tally().active() > 0 : row.tone() == Tone.RUNNING;
        return task.started()
                .filter(start -> runs && done > 0 && done < 100)
                .map(start -> Duration.between(start, now))
                .map(since -> Duration.ofMillis((long) (since.toMillis() * (100 - done) / done)));
    }

    /// What else there is to say: its own status line, what blocks it, which try this is.
    static String note(Row row) {
        var task = row.view();
        if (row.tone() == Tone.BLOCKED) {
            return blockedBy(task);
        }
        if (!task.status().isEmpty()) {
            return task.status();
        }
        if (row.isGroup()) {
            return inside(row);
        }
        return task.attempt() > 1 && task.state() != TaskState.SUCCESS ? Texts.of("note.try", task.attempt()) : "";
    }

    private static String blockedBy(TaskView task) {
        return task.cause()
                .map(cause -> Texts.of("note.blocked", task.causeName().isEmpty() ? cause : task.causeName()))
                .orElse("");
    }

    /// `6 running · 2 failed`, as far as the state does not say it already.
    private static String inside(Row group) {
        var parts = new ArrayList<String>();
        int active = group.tally().active();
        int errors = group.tally().of(Tone.ERROR);
        if (active > 0) {
            parts.add(Texts.of("note.running", Figures.count(active)));
        }
        if (errors > 0 && group.tone() != Tone.ERROR) {
            parts.add(Texts.of("note.errors", Figures.count(errors)));
        }
        return String.join(" · ", parts);
    }
}
