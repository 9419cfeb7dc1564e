package aque.desktop.feed;

import static org.assertj.core.api.Assertions.assertThat;

import aque.desktop.theme.Tone;
import aque.task.TaskId;
import aque.task.TaskState;
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
        row(4).set(Rows.in(2, Rows.task(4, "0102", TaskState.ERROR)));

        assertThat(job.root().tally().of(Tone.ERROR)).isEqualTo(1);
        assertThat(row(2).tally().of(Tone.RUNNING)).isZero();
        assertThat(row(2).tally().worst()).isEqualTo(Tone.ERROR);
    }

    @Test
    void aNewerLookOfTheSameShapeKeepsTheRows() {
        var kept = row(4);

        boolean followed = job.follow(Rows.open(
                Rows.group(1, "boat"),
                Rows.group(2, "beauty"),
                Rows.in(2, Rows.task(3, "0101", TaskState.SUCCESS)),
                Rows.in(2, Rows.task(4, "0102", TaskState.SUCCESS)),
                Rows.task(5, "movie", TaskState.PENDING)));

        assertThat(followed).isTrue();
        assertThat(row(4)).isSameAs(kept);
        assertThat(kept.view().state()).isEqualTo(TaskState.SUCCESS);
        assertThat(row(2).tally().of(Tone.SUCCESS)).isEqualTo(2);
    }

    @Test
    void aLookWithOtherTasksIsAnotherShape() {
        assertThat(job.follow(Rows.open(Rows.group(1, "boat"), Rows.group(2, "beauty"))))
                .isFalse();
    }

    private Row row(long id) {
        return job.row(new TaskId(id)).orElseThrow();
    }
}
