package aque.desktop.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import aque.desktop.action.Question;
import aque.farm.WorkerView;
import aque.schedule.Capabilities;
import aque.schedule.Needs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class WorkerFieldsTest {
    private final List<WorkerView> two = List.of(
            worker("node1", 4, Map.of(Needs.POOL, Set.of("night", "day"), Needs.TAG, Set.of("ssd"))),
            worker("node2", 8, Map.of(Needs.POOL, Set.of("day", "night"))));

    private static WorkerView worker(String name, int cpus, Map<String, Set<String>> attributes) {
        var offers = new Capabilities(name, "linux", "ann", cpus * 1000, 1, Map.of(), attributes);
        return new WorkerView(
                1,
                name,
                name,
                "up",
                cpus * 1000,
                1,
                0,
                0,
                0,
                Instant.EPOCH,
                Duration.ZERO,
                "1",
                offers,
                "",
                Optional.empty());
    }

    @Test
    void aFieldHoldsWhatAllOfThemHave() {
        assertThat(WorkerFields.of(two))
                .extracting(f -> ((Question.Field.Line) f).value())
                .containsExactly("day, night", "", "", "", "");
    }

    @Test
    void onlyWhatIsTouchedIsSaidAndAnEmptiedFieldTakesBack() {
        assertThat(WorkerFields.changes(two, Map.of("pools", "day, night", "cpus", "")))
                .isEmpty();
        assertThat(WorkerFields.changes(
                        two,
                        Map.of(
                                "pools",
                                "",
                                "tags",
                                "SSD gpu",
                                "cpus",
                                "2.5",
                                "hours",
                                "19:00-08:00",
                                "idleAfter",
                                "15")))
                .hasValue(
                        "{\"pools\":null,\"tags\":[\"ssd\",\"gpu\"],\"cpus\":2500,\"hours\":\"19:00-08:00\",\"idleAfter\":900}");
    }

    @Test
    void whatCannotBeReadIsASentence() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WorkerFields.changes(two, Map.of("cpus", "many")))
                .withMessageContaining("many");
        assertThatIllegalArgumentException().isThrownBy(() -> WorkerFields.changes(two, Map.of("hours", "late")));
    }
}
