package aque.desktop.layout;

import static org.assertj.core.api.Assertions.assertThat;

import aque.task.Edge;
import aque.task.TaskId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CriticalPathTest {
    private final List<Knot> knots = new ArrayList<>();
    private final List<Edge> edges = new ArrayList<>();

    @Test
    void theSlowerOfTwoWaysIsTheCriticalOne() {
        group(1, 0);
        task(2, 1, 10);
        task(3, 1, 100);
        task(4, 1, 20);
        task(5, 1, 10);
        edge(2, 3);
        edge(2, 4);
        edge(3, 5);
        edge(4, 5);

        assertThat(path()).containsExactly(2L, 3L, 5L);
    }

    @Test
    void aStepTakesAsLongAsItsSlowestTask() {
        group(1, 0);
        group(2, 1);
        task(20, 2, 5);
        task(21, 2, 50);
        group(3, 1);
        task(30, 3, 7);
        edge(2, 3);

        assertThat(path()).containsExactly(21L, 30L);
    }

    @Test
    void whatHasNotRunCountsAsLongAsItsSiblingsTook() {
        group(1, 0);
        group(2, 1);
        task(20, 2, 30);
        waiting(21, 2);
        group(3, 1);
        task(30, 3, 1);
        edge(20, 30);
        edge(21, 30);
        edge(20, 21);

        assertThat(path()).containsExactly(20L, 21L, 30L);
    }

    @Test
    void aParentRunsAfterItsChildren() {
        task(1, 0, 5);
        task(2, 1, 9);
        task(3, 1, 2);

        assertThat(path()).containsExactly(2L, 1L);
    }

    @Test
    void tasksWithoutOrderHaveNone() {
        group(1, 0);
        task(2, 1, 3);
        task(3, 1, 4);

        assertThat(path()).isEmpty();
    }

    private List<Long> path() {
        return CriticalPath.of(Graph.of(new TaskId(1), knots, edges)).stream()
                .map(TaskId::value)
                .toList();
    }

    private void group(long id, long parent) {
        knots.add(Knot.planned(new TaskId(id), parent(parent), true, "g" + id));
    }

    private void task(long id, long parent, int seconds) {
        knots.add(new Knot(new TaskId(id), parent(parent), false, "t" + id, Optional.of(Duration.ofSeconds(seconds))));
    }

    private void waiting(long id, long parent) {
        knots.add(Knot.planned(new TaskId(id), parent(parent), false, "t" + id));
    }

    private static Optional<TaskId> parent(long id) {
        return id == 0 ? Optional.empty() : Optional.of(new TaskId(id));
    }

    private void edge(long upstream, long downstream) {
        edges.add(new Edge(new TaskId(upstream), new TaskId(downstream)));
    }
}
