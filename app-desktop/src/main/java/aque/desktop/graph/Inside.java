package aque.desktop.graph;

import aque.desktop.feed.Row;
import aque.desktop.feed.Tally;
import aque.desktop.theme.Tone;
import java.util.List;

/// The tasks in one box as a painter wants them: a tone each, and their counts, gathered once after a change and not
/// once a frame. FX thread.
final class Inside {
    private static final Tone[] TONES = Tone.values();

    private final List<Row> rows;
    private final byte[] tones;
    private Tally tally = Tally.of(List.of());

    Inside(List<Row> rows) {
        this.rows = List.copyOf(rows);
        this.tones = new byte[rows.size()];
        look();
    }

    /// Looks at the rows again.
    void look() {
        for (int i = 0; i < tones.length; i++) {
            tones[i] = (byte) rows.get(i).tone().ordinal();
        }
        tally = Tally.of(rows);
    }

    List<Row> rows() {
        return rows;
    }

    int size() {
        return tones.length;
    }

    Tone tone(int task) {
        return TONES[tones[task]];
    }

    Tally tally() {
        return tally;
    }

    /// The worst inside while nothing runs; what runs, unless something failed.
    Tone whole() {
        if (tally.total() == 0) {
            return Tone.SUCCESS;
        }
        var worst = tally.worst();
        return worst == Tone.ERROR || tally.active() == 0 ? worst : Tone.RUNNING.worse(worst);
    }
}
