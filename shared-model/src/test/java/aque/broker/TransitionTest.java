package aque.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aque.db.DbException;
import aque.task.TaskState;
import aque.testing.TestFarm;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Which states follow which is said in one place of the schema, and holds for whoever writes to it.
final class TransitionTest {
    @ParameterizedTest
    @CsvSource({"S,K", "S,X", "E,K", "E,X", "K,X", "X,K"})
    void whatHasEndedDoesNotEndOtherwise(String from, String to) {
        try (var farm = new TestFarm()) {
            farm.submit(TestFarm.command("a", -1));
            farm.sql("UPDATE task SET state = '" + from + "'");
            assertThatThrownBy(() -> farm.sql("UPDATE task SET state = '" + to + "'"))
                    .hasStackTraceContaining("task 1 cannot go from " + from + " to " + to);
        }
    }

    @ParameterizedTest
    @CsvSource({"B,R", "R,B", "R,S", "R,E", "R,K", "R,X", "S,R", "S,B", "S,E", "E,R", "E,S", "K,R", "X,R", "X,B", "K,E"
    })
    void whatIsInTheTableMayFollow(String from, String to) {
        try (var farm = new TestFarm()) {
            farm.submit(TestFarm.command("a", -1));
            farm.sql("UPDATE task SET state = '" + from + "'");
            farm.sql("UPDATE task SET state = '" + to + "'");
            assertThat(farm.count("task WHERE state = '" + to + "'")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"foo", "Z", "''"})
    void aStateThatIsNoneIsRefused(String state) {
        try (var farm = new TestFarm()) {
            var id = farm.submit(TestFarm.command("a", -1));
            assertThatThrownBy(() -> farm.sql("UPDATE task SET state = '" + state + "'"))
                    .satisfiesAnyOf(
                            e -> assertThat(e).isInstanceOf(DbException.class),
                            e -> assertThat(e).isInstanceOf(IllegalStateException.class));
            assertThat(farm.state(id)).isEqualTo(TaskState.PENDING);
        }
    }
}
