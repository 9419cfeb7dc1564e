package aque.broker;

import static aque.testing.TestFarm.command;
import static aque.testing.TestFarm.group;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import aque.db.Database;
import aque.testing.TestFarm;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/// What is done at the same time waits for one another in one order.
final class LockOrderTest {

    /// The end is told through a connection of its own: the broker would try again after a deadlock.
    @Test
    void holdAndRequeueLetsAnEndThroughThatIsOnItsWay() throws Exception {
        try (var farm = new TestFarm();
                var lanes = Database.connect(farm.address, "aque-test");
                var ending = Database.connect(farm.address, "aque-test");
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var worker = farm.worker("node");
            var id = farm.submit(group("job", -1), command("a", 0), command("b", 0), command("c", 0));
            var claim = farm.acquire(worker, 1).getFirst();
            lanes.setAutoCommit(false);
            try (var s = lanes.createStatement()) {
                s.execute("SELECT 1 FROM lane FOR UPDATE");
            }
            var held = threads.submit(() -> farm.broker.holdAndRequeue(List.of(id)));
            awaitWaiting(farm, 1);
            var ended = threads.submit(() -> complete(ending, worker, claim));
            awaitWaiting(farm, 2);
            lanes.commit();

            assertThat(ended.get()).isTrue();
            held.get();
            assertThat(farm.states(id)).isEqualTo("a=success b=held c=held job=held");
        }
    }

    private static void awaitWaiting(TestFarm farm, int sessions) {
        await().atMost(Duration.ofSeconds(30))
                .until(() ->
                        farm.count("pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
                                == sessions);
    }

    private static boolean complete(Connection c, WorkerSession worker, Claim claim) throws SQLException {
        try (var s =
                c.prepareStatement("SELECT cardinality(accepted) FROM complete(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            OutcomeRows.set(new Columns(c, s, 1), worker, List.of(Outcome.success(claim.task(), claim.attempt())));
            try (var r = s.executeQuery()) {
                return r.next() && r.getInt(1) == 1;
            }
        }
    }
}
