package aque.event;

import static aque.testing.TestFarm.command;
import static org.assertj.core.api.Assertions.assertThat;

import aque.testing.Repeated;
import aque.testing.TestFarm;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ChangeFeedTest {
    private TestFarm farm;

    @BeforeEach
    void farm() {
        farm = new TestFarm();
    }

    @AfterEach
    void close() {
        farm.close();
    }

    @Test
    void theFirstLookAsksForAResyncAndTheNextTellsWhatChangedSince() {
        var feed = new ChangeFeed(farm.database);
        assertThat(feed.poll()).containsExactly(new FarmEvent.Resync());
        assertThat(feed.poll()).isEmpty();
        var id = farm.submit(command("a", -1));
        assertThat(feed.poll()).containsExactly(new FarmEvent.JobSubmitted(id));
        farm.broker.cancel(List.of(id));
        assertThat(feed.poll()).containsExactly(new FarmEvent.TasksChanged(List.of(id)));
        assertThat(feed.poll()).isEmpty();
    }

    @Test
    void aCursorFromBeforeWhatWasForgottenIsToldToReadEverythingAnew() {
        var feed = new ChangeFeed(farm.database);
        feed.poll();
        farm.submit(command("a", -1));
        farm.sql("SELECT prune_changes(interval '0 s')");
        assertThat(feed.poll()).containsExactly(new FarmEvent.Resync());
        farm.submit(command("b", -1));
        assertThat(feed.poll()).hasSize(1).noneMatch(e -> e instanceof FarmEvent.Resync);
    }

    @Test
    void afterACrashOfTheServerEverythingIsReadAnewForNumbersOfTransactionsComeAgain() {
        var feed = new ChangeFeed(farm.database);
        feed.poll();
        farm.sql("CREATE OR REPLACE FUNCTION came_up_at() RETURNS timestamptz LANGUAGE sql STABLE AS"
                + " 'SELECT pg_postmaster_start_time() + interval ''1 hour'''");
        assertThat(feed.poll()).containsExactly(new FarmEvent.Resync());
        assertThat(feed.poll()).isEmpty();
    }

    @Repeated
    void aSlowWriterHidesNoChangeAndNoneComesTwice() throws Exception {
        var feed = new ChangeFeed(farm.database);
        feed.poll();
        var written = new ConcurrentSkipListSet<Long>();
        var seen = new ArrayList<Long>();
        try (var slow = aque.db.Database.connect(farm.address, "slow")) {
            slow.setAutoCommit(false);
            insert(slow, 1_000_000);
            written.add(1_000_000L);
            var done = new CountDownLatch(4);
            for (var w = 0; w < 4; w++) {
                var base = 1 + w * 1000L;
                Thread.ofVirtual().start(() -> {
                    for (var i = 0L; i < 100; i++) {
                        var id = base + i;
                        farm.database.inTransaction(c -> {
                            insert(c, id);
                            return id;
                        });
                        written.add(id);
                    }
                    done.countDown();
                });
            }
            while (done.getCount() > 0) {
                collect(feed, seen);
            }
            collect(feed, seen);
            assertThat(seen).doesNotContain(1_000_000L);
            slow.commit();
        }
        collect(feed, seen);
        assertThat(seen).doesNotHaveDuplicates();
        assertThat(new HashSet<>(seen)).isEqualTo(written);
    }

    private static void insert(java.sql.Connection c, long id) throws SQLException {
        try (var s = c.prepareStatement("INSERT INTO change (kind, ids) VALUES ('J', ARRAY[?::bigint])")) {
            s.setLong(1, id);
            s.execute();
        }
    }

    private static void collect(ChangeFeed feed, List<Long> seen) {
        for (var event : feed.poll()) {
            if (event instanceof FarmEvent.JobsChanged j) {
                j.jobs().forEach(id -> seen.add(id.value()));
            }
        }
    }
}
