package aque.desktop.control;

import static org.assertj.core.api.Assertions.assertThat;

import aque.desktop.feed.Row;
import aque.desktop.feed.Rows;
import aque.desktop.theme.Tone;
import aque.task.TaskState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StripTest {

    @Test
    void oneRedFrameInAThousandStaysRed() {
        var columns = Strip.of(tasks(1000, 637)).columns(150);

        assertThat(columns).filteredOn(tone -> tone == Tone.ERROR).hasSize(1);
        assertThat(columns[637 * 150 / 1000]).isEqualTo(Tone.ERROR);
    }

    @Test
    void everyTaskHasItsPlaceWhileThereIsRoom() {
        assertThat(Strip.of(tasks(4, 2)).columns(4))
                .containsExactly(Tone.SUCCESS, Tone.SUCCESS, Tone.ERROR, Tone.SUCCESS);
    }

    @Test
    void countsAloneMakeAStripOfTheSameLengths() {
        var job = Rows.open(
                Rows.group(1, "job"),
                Rows.task(2, "a", TaskState.SUCCESS),
                Rows.task(3, "b", TaskState.WAITING),
                Rows.task(4, "c", TaskState.ERROR),
                Rows.task(5, "d", TaskState.SUCCESS));

        assertThat(Strip.of(job.root().tally()).columns(4))
                .containsExactly(Tone.SUCCESS, Tone.SUCCESS, Tone.ERROR, Tone.WAITING);
    }

    @Test
    void aPlaceOnTheStripIsATask() {
        assertThat(Strip.at(0, 100, 10)).isZero();
        assertThat(Strip.at(99.9, 100, 10)).isEqualTo(9);
        assertThat(Strip.at(250, 100, 10)).isEqualTo(9);
    }

    private static List<Row> tasks(int count, int failed) {
        var rows = new ArrayList<Row>();
        for (int i = 0; i < count; i++) {
            rows.add(Rows.row(Rows.task(i + 2, "f" + i, i == failed ? TaskState.ERROR : TaskState.SUCCESS)));
        }
        return rows;
    }
}
