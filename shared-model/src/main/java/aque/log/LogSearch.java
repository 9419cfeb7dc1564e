package aque.log;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;

/// Looks for a regular expression through whole logs of any size. The logs are cut into parts; as many parts as there
/// are processors are read and looked at at once, and none is kept. No transaction stays open over it.
public final class LogSearch {
    private static final long PART = 4 << 20;
    private static final int AT_ONCE = Math.max(2, Runtime.getRuntime().availableProcessors());

    private final LogStore store;
    private final long part;

    /// What was found since the last news, and how far the search is. Parts come in the order of their logs.
    ///
    /// @param searched bytes looked at so far; `of` bytes of the logs that were begun
    public record News(List<LogHit> hits, long searched, long of) {
        public News {
            hits = List.copyOf(hits);
        }
    }

    public LogSearch(LogStore store) {
        this(store, PART);
    }

    /// @param part bytes that are looked at in one go
    LogSearch(LogStore store, long part) {
        this.store = store;
        this.part = part;
    }

    /// Searches; blocks until it is done, or `on` returns false for a part's news and what is being read has been
    /// read: an interrupt would break its connection.
    public void run(List<LogId> logs, LogQuery query, Predicate<News> on) throws InterruptedException {
        try (var pool = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("aque-search-", 0).factory())) {
            new Run(query, on, pool, logs.iterator()).all();
        }
    }

    private record Cut(LogId log, LogMap.Part part, boolean last) {}

    private record Scanned(Cut cut, LogScan scan) {}

    /// One search. The caller's thread owns it all; the pool only reads and scans.
    private final class Run {
        private final LogQuery query;
        private final Predicate<News> on;
        private final ExecutorService pool;
        private final Iterator<LogId> logs;
        private final ArrayDeque<Cut> cuts = new ArrayDeque<>();
        private final ArrayDeque<Future<Scanned>> ahead = new ArrayDeque<>();
        private Map<Channel, Carry> carried = new EnumMap<>(Channel.class);
        private long searched;
        private long of;

        private record Carry(byte[] bytes, LogScan.Spot end) {}

        Run(LogQuery query, Predicate<News> on, ExecutorService pool, Iterator<LogId> logs) {
            this.query = query;
            this.on = on;
            this.pool = pool;
            this.logs = logs;
        }

        void all() throws InterruptedException {
            boolean wanted = true;
            while (wanted && begin()) {
                wanted = tell(ahead.remove());
            }
        }

        private boolean begin() {
            while (ahead.size() < AT_ONCE && next()) {
                var cut = cuts.remove();
                ahead.add(pool.submit(scan(cut)));
            }
            return !ahead.isEmpty();
        }

        private boolean next() {
            while (cuts.isEmpty() && logs.hasNext()) {
                var log = logs.next();
                var map = store.map(log, Long.MAX_VALUE);
                of += map.total();
                var parts = map.parts(part);
                for (int i = 0; i < parts.size(); i++) {
                    cuts.add(new Cut(log, parts.get(i), i == parts.size() - 1));
                }
            }
            return !cuts.isEmpty();
        }

        private Callable<Scanned> scan(Cut cut) {
            return () -> {
                var pieces =
                        store.between(cut.log(), cut.part().from(), cut.part().to());
                return new Scanned(
                        cut, LogScan.of(cut.log(), query, pieces, cut.part().before()));
            };
        }

        private boolean tell(Future<Scanned> future) throws InterruptedException {
            try {
                var scanned = future.get();
                searched += scanned.cut().part().bytes();
                var hits = joined(scanned.cut().log(), scanned.scan());
                hits.addAll(scanned.scan().hits());
                if (scanned.cut().last()) {
                    carried.forEach((channel, carry) -> hit(scanned.cut().log(), channel, carry, hits));
                    carried = new EnumMap<>(Channel.class);
                }
                return on.test(new News(hits, searched, of));
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException cause) {
                    throw cause;
                }
                throw new IllegalStateException(e.getCause());
            }
        }

        /// The lines that began in an earlier part.
        private List<LogHit> joined(LogId log, LogScan scan) {
            var hits = new ArrayList<LogHit>();
            scan.ends().forEach((channel, ends) -> {
                var before = carried.get(channel);
                var line =
                        new Carry(before == null ? ends.head() : append(before.bytes(), ends.head()), ends.headEnd());
                if (ends.whole()) {
                    carried.put(channel, line);
                    return;
                }
                hit(log, channel, line, hits);
                carried.put(channel, new Carry(ends.tail(), ends.tailEnd()));
            });
            return hits;
        }

        private void hit(LogId log, Channel channel, Carry line, List<LogHit> hits) {
            var text = LogScan.text(line.bytes(), 0, line.bytes().length);
            if (!text.isEmpty() && query.matches(text)) {
                var end = line.end();
                hits.add(new LogHit(log, end.place(), end.position(), channel, end.at(), text));
            }
        }

        private static byte[] append(byte[] first, byte[] second) {
            int room = Math.max(0, LogScan.LONGEST - first.length);
            var both = Arrays.copyOf(first, first.length + Math.min(room, second.length));
            System.arraycopy(second, 0, both, first.length, both.length - first.length);
            return both;
        }
    }
}
