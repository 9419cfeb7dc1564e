package aque.desktop.tasks;

import aque.desktop.feed.Row;
import aque.desktop.theme.Figures;
import aque.desktop.theme.Texts;
import aque.desktop.theme.Tone;
import java.util.ArrayList;

/// What the pointer tells about a row: the whole name, its exact times, its counts. Pure.
final class RowHint {
    private RowHint() {}

    static String of(Row row) {
        var task = row.view();
        var lines = new ArrayList<String>();
        lines.add(Texts.of("hint.title", task.name(), task.id(), row.tone().word()));
        if (row.isContainer()) {
            for (var tone : Tone.values()) {
                if (row.tally().of(tone) > 0) {
                    lines.add(Texts.of("hint.count", Figures.count(row.tally().of(tone)), tone.word()));
                }
            }
        }
        lines.add(Texts.of("hint.created", Figures.exact(task.created())));
        task.started().ifPresent(at -> lines.add(Texts.of("hint.started", Figures.exact(at))));
        task.ended().ifPresent(at -> lines.add(Texts.of("hint.ended", Figures.exact(at))));
        var note = Words.note(row);
        if (!note.isEmpty()) {
            lines.add(note);
        }
        return String.join("\n", lines);
    }
}
