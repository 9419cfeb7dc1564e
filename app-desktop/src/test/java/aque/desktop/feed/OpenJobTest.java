package aque.desktop.feed;

import static org.assertj.core.api.Assertions.assertThat;

import aque.desktop.theme.Tone;
import aque.task.TaskId;
import aque.task.TaskState;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class OpenJobTest {
    private final OpenJob job = Rows.open(
            Rows.group(1, "boat"),
            Rows.group(2, "beauty"),
            Rows.in(2, Rows.task(3, "0101", TaskState.SUCCESS)),
            Rows.in(2, Rows.task(4, "0102", TaskState.RUNNING)),
            Rows.task(5, "movie", TaskState.WAITING));

    @Test
    void tasksHangBelowTheirGroupInOrderOfTheirIds() {
        assertThat(job.root().children()).extracting(row -> row.view().name()).containsExactly("beauty", "movie");
        assertThat(row(2).children()).extracting(row -> row.view().name()).containsExactly("0101", "0102");
    }

    @Test
    void groupsCountTheTasksBelowThemAndNoGroups() {
        assertThat(job.root().tally().total()).isEqualTo(3);
        assertThat(row(2).tally().of(Tone.SUCCESS)).isEqualTo(1);
        assertThat(row(2).tone()).isEqualTo(Tone.RUNNING);
    }

    @Test
    void aChangedTaskMovesTheCountsOfAllGroupsAbove() {
        var changed = new HashSet<Row>();
        row(4).set(Rows.in(2, Rows.task(4, "0102", TaskState.ERROR)), changed);

        assertThat(job.root().tally().of(Tone.ERROR)).isEqualTo(1);
        assertThat(row(2).tally().of(Tone.RUNNING)).isZero();
        assertThat(row(2).tally().worst()).isEqualTo(Tone.ERROR);
        assertThat(changed).containsExactlyInAnyOrder(row(4), row(2), job.root());
    }

    private Row row(long id) {
        return job.row(new TaskId(id)).orElseThrow();
    }
}
