package aque.desktop.query;

import static org.assertj.core.api.Assertions.assertThat;

import aque.desktop.feed.Row;
import aque.desktop.feed.Rows;
import aque.farm.TaskSearch;
import aque.farm.TaskSearch.Span;
import aque.task.TaskState;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryTest {
    /// The jobs of `Rows` were submitted then.
    private static final Instant NOW = Instant.EPOCH.plusSeconds(7200);

    private final List<Row> jobs = List.of(
            Rows.job(1, "boat_v012", "ann", TaskState.RUNNING),
            Rows.job(2, "crowd_v003", "bo", TaskState.ERROR),
            Rows.job(3, "boat v013", "bo", TaskState.SUCCESS));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "boat | 1 3",
                "BOAT v013 | 3",
                "\"boat v0\" | 3",
                "-boat | 2",
                "-\"boat v0\" | 1 2",
                "crowd or v012 | 1 2",
                "user:bo | 2 3",
                "user:me | 1",
                "-user:me | 2 3",
                "user:ann,bo boat | 1 3",
                "state:error | 2",
                "state:failed,running | 1 2",
                "state:active | 1",
                "state:ended | 2 3",
                "-state:error user:bo | 3",
                "id:3 | 3",
                "id>1 | 2 3",
                "prio:1000 -boat | 2",
                "prio>2000 | -",
                "prio<2000 | 1 2 3",
                "age<3h | 1 2 3",
                "age>3h | -",
                "age>1h errors>0 | 2",
                "done<100 tasks:1 | 1 2",
                "name:v003 | 2",
                "show:boat | 1 2 3",
                "-show:boat | -",
                "label:show=boat id:2 | 2",
                "shot:nowhere | -",
                "worker:node14 | 1 2 3",
                "nothing | -",
            })
    void everyConditionNarrowsTheJobs(String typed, String found) {
        var ids = jobs.stream()
                .filter(job -> Query.of(typed).test(job, "ann", NOW))
                .map(job -> job.id().toString())
                .toList();

        assertThat(String.join(" ", ids)).isEqualTo(found == null ? "" : found);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "colour:red | There is no field “colour”",
                "state:angry | There is no state “angry”",
                "prio>high | “prio” wants a number, not “high”",
                "age<yesterday | “age” wants a time like 30m, 2h or 1d",
                "ended>25:00 | “ended” wants a time like 30m, 02:00 or 2026-11-20",
                "user: | What after “user”?",
            })
    void whatCannotBeReadIsSaidAndTheRestIsSearched(String typed, String sentence) {
        var query = Query.of(typed + " crowd");

        assertThat(query.problem()).hasValueSatisfying(said -> assertThat(said).startsWith(sentence));
        assertThat(jobs.stream().filter(job -> query.test(job, "ann", NOW))).hasSize(1);
    }

    @Test
    void anEmptySearchFindsAllAndHasNoProblem() {
        assertThat(jobs.stream().filter(job -> Query.of("  ").test(job, "ann", NOW)))
                .hasSize(3);
        assertThat(Query.of(" ").problem()).isEmpty();
        assertThat(Query.of("\"half a quo").problem()).isEmpty();
    }

    @Test
    void aViewAndASearchHoldBoth() {
        var both = Query.of("state:error or boat").and(Query.of("user:bo"));

        assertThat(jobs.stream()
                        .filter(job -> both.test(job, "ann", NOW))
                        .map(job -> job.id().value()))
                .containsExactly(2L, 3L);
    }

    @Test
    void whatIsAskedOfTasksIsOneSearchAmongThem() {
        var zone = ZoneId.systemDefault();
        var now = LocalDateTime.of(2026, 11, 22, 9, 0).atZone(zone).toInstant();
        var two = LocalDateTime.of(2026, 11, 22, 2, 0).atZone(zone).toInstant();

        assertThat(Query.of("worker:node14 ended>02:00 state:success user:me boat")
                        .ofTasks("ann", now))
                .extracting(TaskQuest::search)
                .containsExactly(new TaskSearch(
                        List.of(List.of("boat")),
                        List.of(),
                        Set.of(TaskState.SUCCESS),
                        List.of("node14"),
                        List.of("ann"),
                        List.of(),
                        Span.ALWAYS,
                        new Span(Optional.of(two), Optional.empty()),
                        List.of()));
        assertThat(Query.of("-worker:node14,node15 task:comp -state:error").ofTasks("ann", now))
                .extracting(TaskQuest::search)
                .containsExactly(new TaskSearch(
                        List.of(),
                        List.of(List.of("comp")),
                        Set.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Span.ALWAYS,
                        Span.ALWAYS,
                        List.of(
                                Query.of("worker:node14,node15")
                                        .ofTasks("ann", now)
                                        .getFirst()
                                        .search(),
                                new TaskSearch(
                                        List.of(),
                                        List.of(),
                                        Set.of(TaskState.ERROR),
                                        List.of(),
                                        List.of(),
                                        List.of(),
                                        Span.ALWAYS,
                                        Span.ALWAYS,
                                        List.of()))));
        assertThat(Query.of("boat state:error").ofTasks("ann", now)).isEmpty();
    }

    @Test
    void lessThanTwoHoursAgoIsAfterThatMomentAndAClockIsTheLastOne() {
        var zone = ZoneId.systemDefault();
        var now = LocalDateTime.of(2026, 11, 22, 1, 0).atZone(zone).toInstant();

        assertThat(Query.of("started<2h")
                        .ofTasks("ann", now)
                        .getFirst()
                        .search()
                        .began())
                .isEqualTo(new Span(Optional.of(now.minusSeconds(7200)), Optional.empty()));
        assertThat(Query.of("started>2h")
                        .ofTasks("ann", now)
                        .getFirst()
                        .search()
                        .began())
                .isEqualTo(new Span(Optional.empty(), Optional.of(now.minusSeconds(7200))));
        assertThat(Query.of("ended>23:00")
                        .ofTasks("ann", now)
                        .getFirst()
                        .search()
                        .ended()
                        .from())
                .contains(now.minusSeconds(7200));
    }
}
