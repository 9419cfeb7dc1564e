package aque.desktop.triage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import aque.desktop.feed.Rows;
import aque.desktop.triage.FailureGroup.By;
import aque.farm.JobOrigin;
import aque.log.Fingerprint;
import aque.task.TaskState;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FailureGroupTest {
    private static final Fingerprint MISSING = Fingerprint.of(List.of("Error: hull.exr is missing"), "exit 1");
    private static final Fingerprint MEMORY = Fingerprint.of(List.of("Error: out of memory"), "exit 9");

    private final List<Failed> failed = List.of(
            new Failed(Rows.task(2, "0101", TaskState.ERROR), MISSING, new JobOrigin("boat", "/a/film.yaml")),
            new Failed(Rows.task(3, "0102", TaskState.ERROR), MEMORY, new JobOrigin("boat", "/b/film.yaml")),
            new Failed(Rows.task(4, "0103", TaskState.ERROR), MISSING, JobOrigin.NONE));

    @Test
    void theLargestGroupComesFirstAndHasAllItsTasksAndTheirJobs() {
        var groups = By.CAUSE.groups(failed, key -> Instant.MIN);

        assertThat(groups).extracting(FailureGroup::title).containsExactly(MISSING.title(), MEMORY.title());
        assertThat(groups.getFirst().tasks()).extracting(id -> id.value()).containsExactly(2L, 4L);
        assertThat(groups.getFirst().jobs()).extracting(id -> id.value()).containsExactly(1L);
    }

    @Test
    void whatWasSeenComesLastUntilItFailsAgain() {
        var missing = By.CAUSE.groups(failed, key -> Instant.MIN).getFirst().key();

        var seen = By.CAUSE.groups(failed, key -> key.equals(missing) ? Instant.EPOCH : Instant.MIN);
        assertThat(seen).extracting(FailureGroup::seen).containsExactly(false, true);
        var again = By.CAUSE.groups(failed, key -> key.equals(missing) ? Instant.EPOCH.minusMillis(1) : Instant.MIN);
        assertThat(again).extracting(FailureGroup::seen).containsExactly(false, false);
    }

    @Test
    void ofOneUserTheyAreOneGroup() {
        assertThat(By.USER.groups(failed, key -> Instant.MIN))
                .extracting(FailureGroup::title)
                .containsExactly("ann");
    }

    @Test
    void ofOneShowTheyAreTogetherAndTemplatesOfOneNameInTwoFoldersAreTwo() {
        assertThat(By.SHOW.groups(failed, key -> Instant.MIN))
                .extracting(FailureGroup::title, group -> group.failed().size())
                .containsExactly(tuple("boat", 2), tuple("of no show", 1));
        assertThat(By.TEMPLATE.groups(failed, key -> Instant.MIN))
                .extracting(FailureGroup::title)
                .containsExactlyInAnyOrder("film.yaml", "film.yaml", "made of no template");
    }
}
