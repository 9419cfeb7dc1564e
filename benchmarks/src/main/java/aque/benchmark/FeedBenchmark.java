package aque.benchmark;

import aque.db.Database;
import aque.event.ChangeFeed;
import aque.event.FarmEvent;
import aque.task.TaskId;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/// `feed`: 16 writers whose transactions last up to 30 ms and one whose last 2.5 s, each change told once; a reader
/// polls
/// the change feed all the while. Missed and doubled must be 0, and the gap from a commit to the poll that shows it
/// small
/// although a slow writer is always open.
final class FeedBenchmark implements Benchmark {
    private static final int WRITERS = 16;
    private static final long POLL_MS = 20;

    private final AtomicLong next = new AtomicLong();
    private final Map<Long, Long> committed = new ConcurrentHashMap<>();

    @Override
    public Figures run(Stage stage) throws Exception {
        var minutes = stage.options().number("minutes", 10);
        var seen = new HashMap<Long, Integer>();
        var worst = 0.0;
        var polls = 0;
        try (var database = stage.farm(2)) {
            var feed = new ChangeFeed(database);
            feed.poll();
            var until = System.nanoTime() + minutes * 60_000_000_000L;
            var threads = new ArrayList<Thread>();
            for (var i = 0; i <= WRITERS; i++) {
                var slow = i == WRITERS;
                threads.add(Thread.ofPlatform().start(() -> write(database, until, slow)));
            }
            while (threads.stream().anyMatch(Thread::isAlive)) {
                worst = Math.max(worst, read(feed.poll(), seen));
                polls++;
                Thread.sleep(POLL_MS);
            }
            worst = Math.max(worst, read(feed.poll(), seen));
        }
        var missed =
                committed.keySet().stream().filter(id -> !seen.containsKey(id)).count();
        var doubled = seen.values().stream().filter(n -> n > 1).count();
        return new Figures()
                .figure("missed", missed)
                .figure("doubled", doubled)
                .figure("max_gap_ms", worst)
                .figure("changes", committed.size())
                .figure("polls", polls)
                .condition("writers", WRITERS + 1)
                .condition("minutes", minutes);
    }

    /// The longest time from a commit's end to now among what is seen first now, milliseconds.
    private double read(List<FarmEvent> events, Map<Long, Integer> seen) {
        var now = System.nanoTime();
        var worst = 0.0;
        for (var event : events) {
            if (event instanceof FarmEvent.JobsChanged jobs) {
                for (var id : jobs.jobs()) {
                    seen.merge(id.value(), 1, Integer::sum);
                    worst = Math.max(worst, (now - committed.getOrDefault(id.value(), now)) / 1e6);
                }
            }
        }
        return worst;
    }

    private void write(Database database, long until, boolean slow) {
        try (var c = Database.connect(database.address(), "bench-write")) {
            c.setAutoCommit(false);
            while (System.nanoTime() < until) {
                var id = next.incrementAndGet();
                try (var s = c.prepareStatement("INSERT INTO change (kind, ids) VALUES ('J', ARRAY[?::bigint])")) {
                    s.setLong(1, new TaskId(id).value());
                    s.execute();
                }
                Thread.sleep(slow ? 2500 : ThreadLocalRandom.current().nextInt(30));
                c.commit();
                committed.put(id, System.nanoTime());
            }
        } catch (SQLException e) {
            throw new IllegalStateException("a writer broke", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
