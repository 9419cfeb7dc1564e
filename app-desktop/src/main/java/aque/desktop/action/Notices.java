package aque.desktop.action;

import aque.desktop.feed.FarmModel;
import aque.desktop.feed.Row;
import aque.desktop.theme.Texts;
import aque.desktop.theme.Tone;
import aque.task.TaskId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// The one sentence at the foot of the window: what was asked stays until it is so, a failure until it is read.
/// "Killing" until each death is confirmed, "Killed" only then. FX thread, no toolkit.
public final class Notices {
    /// How long a sentence stands that needs no answer.
    public static final Duration STANDS = Duration.ofSeconds(5);

    private final FarmModel farm;
    private final ReadOnlyObjectWrapper<Optional<Notice>> shown = new ReadOnlyObjectWrapper<>(Optional.empty());
    private Optional<Kill> kill = Optional.empty();

    /// @param lasting stays until something replaces it
    public record Notice(String text, boolean bad, boolean lasting) {}

    private record Kill(List<TaskId> tasks, String what) {}

    public Notices(FarmModel farm) {
        this.farm = farm;
        farm.listen(change -> confirmDeaths());
    }

    public ReadOnlyObjectProperty<Optional<Notice>> shown() {
        return shown.getReadOnlyProperty();
    }

    /// Something went wrong.
    public void failed(String sentence) {
        shown.set(Optional.of(new Notice(sentence, true, true)));
    }

    /// Something is so now.
    public void done(String sentence) {
        shown.set(Optional.of(new Notice(sentence, false, false)));
    }

    /// It was read, or its time is over.
    public void dismiss() {
        shown.set(Optional.empty());
    }

    void doing(TaskAction action, String sentence, List<Row> rows) {
        kill = action == TaskAction.KILL
                ? Optional.of(new Kill(rows.stream().map(Row::id).toList(), sentence))
                : Optional.empty();
        shown.set(Optional.of(new Notice(sentence, false, kill.isPresent())));
    }

    void asked(TaskAction action, int changed) {
        if (changed == 0) {
            kill = Optional.empty();
            shown.set(Optional.of(new Notice(Texts.of("action.nothing", action.title()), true, false)));
        }
    }

    private void confirmDeaths() {
        kill.ifPresent(asked -> {
            var rows =
                    asked.tasks().stream().flatMap(id -> farm.row(id).stream()).toList();
            if (rows.stream().allMatch(row -> row.view().state().ended())) {
                kill = Optional.empty();
                long dead = rows.stream()
                        .mapToLong(row -> row.isGroup() ? row.tally().of(Tone.KILLED) : 1)
                        .sum();
                done(Texts.of("action.kill.done", dead));
            }
        });
    }
}
