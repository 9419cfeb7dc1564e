package aque.farm;

import static org.assertj.core.api.Assertions.assertThat;

import aque.farm.TaskSearch.Span;
import aque.task.TaskState;
import aque.testing.TestFarm;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TaskSearchTest {
    private final TestFarm farm = new TestFarm();
    private final Instant before = Instant.now();

    @BeforeEach
    void run() {
        farm.submit(TestFarm.group("boat", -1), TestFarm.command("a", 0), TestFarm.command("b", 0));
        var bad = farm.worker("node14");
        var claims = farm.acquire(bad, 2);
        farm.succeed(bad, claims.get(0));
        farm.fail(bad, claims.get(1));
        farm.broker.retry(List.of(claims.get(1).task()));
        var good = farm.worker("node03");
        farm.succeed(good, farm.acquire(good, 1).getFirst());
        farm.submit(TestFarm.command("c", -1));
        farm.acquire(good, 1);
        farm.submit(TestFarm.command("d", -1));
    }

    @AfterEach
    void close() {
        farm.close();
    }

    @Test
    void attemptsAreFoundByWorkerEndAndTime() {
        assertThat(names(TaskSearch.ALL)).containsExactly("a", "b", "c", "d");
        assertThat(names(on("node14", Set.of()))).containsExactly("a", "b");
        assertThat(names(on("node14", Set.of(TaskState.SUCCESS)))).containsExactly("a");
        assertThat(names(on("node14", Set.of(TaskState.ERROR)))).containsExactly("b");
        assertThat(names(on("node03", Set.of(TaskState.RUNNING)))).containsExactly("c");
        assertThat(names(on("node", Set.of(TaskState.SUCCESS)))).containsExactly("a", "b");
        assertThat(names(ended(new Span(Optional.of(before.minusSeconds(60)), Optional.empty()))))
                .containsExactly("a", "b");
        assertThat(names(ended(new Span(Optional.empty(), Optional.of(before.minusSeconds(60))))))
                .isEmpty();
    }

    @Test
    void tasksAreFoundByNameStateAndOwner() {
        assertThat(names(new TaskSearch(
                        List.of(List.of("D")),
                        List.of(),
                        Set.of(TaskState.PENDING),
                        List.of(),
                        List.of("ann"),
                        List.of(),
                        Span.ALWAYS,
                        Span.ALWAYS,
                        List.of())))
                .containsExactly("d");
        assertThat(names(named(List.of("%")))).isEmpty();
        assertThat(names(named(List.of("a", "C")))).containsExactly("a", "c");
        assertThat(names(named(List.of("boat")))).as("their own names").isEmpty();
        assertThat(names(of(List.of("bo"), Set.of(), List.of(), Span.ALWAYS))).isEmpty();
    }

    @Test
    void whatAnExceptionWouldFindIsNotFound() {
        assertThat(names(without(on("node14", Set.of())))).containsExactly("c", "d");
        assertThat(names(without(on("node03", Set.of()))))
                .as("what runs there too")
                .containsExactly("a", "d");
        assertThat(names(without(of(List.of(), Set.of(TaskState.SUCCESS), List.of(), Span.ALWAYS))))
                .containsExactly("c", "d");
        assertThat(names(without(ended(new Span(Optional.of(before.minusSeconds(60)), Optional.empty())))))
                .containsExactly("c", "d");
        assertThat(names(without(named(List.of("a", "d"))))).containsExactly("b", "c");
    }

    private static TaskSearch on(String worker, Set<TaskState> states) {
        return of(List.of(), states, List.of(worker), Span.ALWAYS);
    }

    private static TaskSearch ended(Span span) {
        return of(List.of(), Set.of(), List.of(), span);
    }

    private static TaskSearch named(List<String> any) {
        return new TaskSearch(
                List.of(),
                List.of(any),
                Set.of(),
                List.of(),
                List.of(),
                List.of(),
                Span.ALWAYS,
                Span.ALWAYS,
                List.of());
    }

    private static TaskSearch of(List<String> owners, Set<TaskState> states, List<String> workers, Span ended) {
        return new TaskSearch(List.of(), List.of(), states, workers, owners, List.of(), Span.ALWAYS, ended, List.of());
    }

    private static TaskSearch without(TaskSearch except) {
        return new TaskSearch(
                List.of(),
                List.of(),
                Set.of(),
                List.of(),
                List.of(),
                List.of(),
                Span.ALWAYS,
                Span.ALWAYS,
                List.of(except));
    }

    private List<String> names(TaskSearch search) {
        return farm.farm.find(search, 100).stream().map(task -> task.name()).toList();
    }
}
