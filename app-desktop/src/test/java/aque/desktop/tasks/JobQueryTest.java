package aque.desktop.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import aque.desktop.feed.Rows;
import aque.task.TaskState;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobQueryTest {
    private final List<aque.desktop.feed.Row> jobs = List.of(
            Rows.job(1, "boat_v012", "ann", TaskState.RUNNING),
            Rows.job(2, "crowd_v003", "bo", TaskState.ERROR),
            Rows.job(3, "boat_v013", "bo", TaskState.SUCCESS));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "boat | boat_v012 boat_v013",
                "BOAT v013 | boat_v013",
                "-boat | crowd_v003",
                "user:bo | crowd_v003 boat_v013",
                "user:ann,bo boat | boat_v012 boat_v013",
                "state:error | crowd_v003",
                "state:active | boat_v012",
                "-state:error user:bo | boat_v013",
                "id:3 | boat_v013",
                "prio:1000 -boat | crowd_v003",
                "nothing | -",
            })
    void everyWordNarrowsTheJobs(String typed, String found) {
        var names = jobs.stream()
                .filter(new JobQuery(typed))
                .map(job -> job.view().name())
                .toList();

        assertThat(String.join(" ", names)).isEqualTo(found == null ? "" : found);
    }

    @Test
    void anEmptySearchFindsAll() {
        assertThat(jobs.stream().filter(new JobQuery("  "))).hasSize(3);
    }
}
