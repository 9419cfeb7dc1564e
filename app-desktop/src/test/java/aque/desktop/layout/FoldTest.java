package aque.desktop.layout;

import static org.assertj.core.api.Assertions.assertThat;

import aque.desktop.layout.Folded.Kind;
import aque.desktop.layout.Folded.Link;
import aque.task.Edge;
import aque.task.TaskId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FoldTest {
    private final List<Knot> knots = new ArrayList<>();
    private final List<Edge> edges = new ArrayList<>();

    @Test
    void aStepIsOneBoxWhateverItsSize() {
        group(1, 0, "boat");
        group(2, 1, "beauty");
        IntStream.range(10, 5010).forEach(i -> task(i, 2, "f" + i));
        group(3, 1, "comp");
        task(6000, 3, "comp");
        edge(2, 3);

        var folded = fold();

        assertThat(folded.boxes())
                .extracting(box -> box.title() + " " + box.tasks().size())
                .containsExactly("beauty 5000", "comp 1");
        assertThat(folded.links()).containsExactly(new Link(0, 1, Kind.DEPENDENCY));
    }

    @Test
    void dependenciesBetweenTasksOfTwoStepsAreOneLine() {
        group(1, 0, "job");
        group(2, 1, "a");
        group(3, 1, "b");
        for (int i = 0; i < 50; i++) {
            task(10 + i, 2, "a" + i);
            task(100 + i, 3, "b" + i);
            edge(10 + i, 100 + i);
        }

        assertThat(fold().links()).containsExactly(new Link(0, 1, Kind.DEPENDENCY));
    }

    @Test
    void fewLooseTasksStandForThemselves() {
        group(1, 0, "job");
        task(2, 1, "sim");
        task(3, 1, "render");
        edge(2, 3);

        assertThat(fold().boxes()).extracting(Folded.Box::title).containsExactly("sim", "render");
    }

    @Test
    void manyLooseTasksWithoutOrderAreOneBox() {
        group(1, 0, "xargs");
        IntStream.range(2, 10_002).forEach(i -> task(i, 1, "convert " + i));

        assertThat(fold().boxes())
                .singleElement()
                .satisfies(box -> assertThat(box.tasks()).hasSize(10_000));
    }

    @Test
    void aChainOfTenThousandNamesFoldsToBoxesThatCanBeLaidOut() {
        group(1, 0, "chain");
        for (int i = 2; i < 10_002; i++) {
            task(i, 1, "x".repeat(i % 997) + "t");
            if (i > 2) {
                edge(i - 1, i);
            }
        }

        var folded = fold();

        assertThat(folded.boxes()).hasSizeLessThanOrEqualTo(Fold.MOST);
        assertThat(folded.boxes().stream().mapToInt(box -> box.tasks().size()).sum())
                .isEqualTo(10_000);
    }

    @Test
    void aParentRunsAfterItsChildrenAndTheLineSaysSo() {
        group(1, 0, "job");
        task(2, 1, "bake");
        task(3, 2, "texture");

        assertThat(fold().links()).contains(new Link(1, 0, Kind.CHILD));
    }

    @Test
    void aJobOfOneCommandIsOneBox() {
        knots.add(Knot.planned(new TaskId(1), Optional.empty(), false, "echo"));

        assertThat(fold().boxes())
                .singleElement()
                .satisfies(box -> assertThat(box.tasks()).containsExactly(new TaskId(1)));
    }

    @Test
    void boxesDoNotOverlapAndFollowTheirDependencies() {
        group(1, 0, "job");
        for (int i = 2; i < 30; i++) {
            task(i, 1, "t" + i);
            if (i > 3) {
                edge(i / 2, i);
            }
        }
        var folded = fold();

        var layout = GraphLayout.of(folded);

        for (var link : folded.links()) {
            var from = layout.spots().get(link.from());
            assertThat(layout.spots().get(link.to()).x()).isGreaterThan(from.x() + from.width());
        }
        for (var one : layout.spots()) {
            assertThat(layout.spots().stream().filter(other -> other.contains(one.x() + 1, one.y() + 1)))
                    .hasSize(1);
        }
    }

    @Test
    void anUnfoldedStepShowsItsTasksAndEndsAfterThem() {
        group(1, 0, "boat");
        task(2, 1, "sim");
        group(3, 1, "beauty");
        task(4, 3, "0101");
        task(5, 3, "0102");
        edge(2, 3);

        var folded = Fold.of(Graph.of(new TaskId(1), knots, edges), Unfold.NOTHING.toggled(new TaskId(3)));

        assertThat(folded.boxes()).extracting(Folded.Box::title).containsExactly("sim", "beauty", "0101", "0102");
        assertThat(folded.boxes().get(1).place()).isEqualTo(Folded.Place.JOINT);
        assertThat(folded.links())
                .containsExactlyInAnyOrder(
                        new Link(0, 2, Kind.DEPENDENCY),
                        new Link(0, 3, Kind.DEPENDENCY),
                        new Link(2, 1, Kind.CHILD),
                        new Link(3, 1, Kind.CHILD));
    }

    @Test
    void tenThousandTasksAreUnfoldedAndLaidOutApart() {
        group(1, 0, "job");
        for (int i = 0; i < 10_000; i++) {
            task(10 + i, 1, "t" + i);
            if (i >= 100) {
                edge(10 + i - 100, 10 + i);
            }
        }

        var folded = Fold.of(Graph.of(new TaskId(1), knots, edges), Unfold.ALL);
        var layout = GraphLayout.of(folded);

        assertThat(folded.boxes()).hasSize(10_000);
        assertThat(layout.spots().stream().map(s -> s.x() + " " + s.y()).distinct())
                .hasSize(10_000);
    }

    @Test
    void anotherJobThatItWaitsForIsABoxOfItsOwn() {
        group(1, 0, "job");
        task(2, 1, "comp");
        edge(77, 2);

        var folded = Fold.of(new Graph(new TaskId(1), knots, edges, java.util.Map.of(new TaskId(77), new TaskId(70))));

        assertThat(folded.boxes())
                .extracting(Folded.Box::place)
                .containsExactly(Folded.Place.INSIDE, Folded.Place.OUTSIDE);
        assertThat(folded.boxes().get(1).group()).isEqualTo(new TaskId(70));
        assertThat(folded.links()).containsExactly(new Link(1, 0, Kind.DEPENDENCY));
    }

    @Test
    void boxesKeepTheirPlacesWhenOneComes() {
        group(1, 0, "job");
        for (int i = 2; i < 20; i++) {
            task(i, 1, "t" + i);
            if (i > 3) {
                edge(i / 2, i);
            }
        }
        var before = fold();
        var places = GraphLayout.places(before, GraphLayout.of(before));
        task(40, 1, "late");
        edge(9, 40);

        var after = fold();
        var now = GraphLayout.places(after, GraphLayout.of(after, places));

        double layer =
                places.values().stream().mapToDouble(GraphLayout.Spot::x).max().orElseThrow();
        assertThat(places).allSatisfy((task, spot) -> {
            if (spot.x() < layer) {
                assertThat(now.get(task)).isEqualTo(spot);
            }
        });
    }

    @Test
    void aCircleThatFoldingMadeIsStillDrawn() {
        group(1, 0, "job");
        group(2, 1, "a");
        group(3, 1, "b");
        task(10, 2, "a1");
        task(11, 2, "a2");
        task(20, 3, "b1");
        edge(10, 20);
        edge(20, 11);

        assertThat(GraphLayout.of(fold()).spots()).hasSize(2).doesNotHaveDuplicates();
    }

    private Folded fold() {
        return Fold.of(Graph.of(new TaskId(1), knots, edges));
    }

    private void group(long id, long parent, String name) {
        knots.add(Knot.planned(new TaskId(id), parent(parent), true, name));
    }

    private void task(long id, long parent, String name) {
        knots.add(Knot.planned(new TaskId(id), parent(parent), false, name));
    }

    private void edge(long upstream, long downstream) {
        edges.add(new Edge(new TaskId(upstream), new TaskId(downstream)));
    }

    private static Optional<TaskId> parent(long id) {
        return id == 0 ? Optional.empty() : Optional.of(new TaskId(id));
    }
}
