package aque.desktop.log;

import aque.desktop.feed.Background;
import aque.desktop.feed.Farm;
import aque.log.LogId;
import aque.log.LogMap;
import aque.log.LogPiece;
import aque.log.LogPlace;
import aque.log.LogStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads one log for the screen, page by page: its end at once, then the map of the whole, then what is asked for and
/// what is added. One turn of one thread at a time owns the window; the lock guards only what is asked.
final class LogReader {
    /// Between looks that no hint asked for.
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /// A worker tells of a log for half a minute after it was asked to.
    private static final Duration RENEW = Duration.ofSeconds(10);
    private static final int FIRST = 256 << 10;
    private static final int PAGE = 512 << 10;

    private final Farm farm;
    private final LogStore store;
    private final Consumer<LogShown> out;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition asked = lock.newCondition();
    private Optional<LogId> wanted = Optional.empty();
    private @Nullable Want want;
    private boolean news;
    private volatile boolean live;
    private volatile boolean following = true;

    private Optional<LogId> log = Optional.empty();
    private LogWindow window = new LogWindow();
    private LogMap map = LogMap.empty();
    private boolean mapped;
    private boolean atEnd;
    private boolean atStart;
    private boolean ended;
    private Instant watchedAt = Instant.EPOCH;
    // The last turn threw: the next one waits first.
    private boolean failed;

    /// What the screen needs next. A newer want replaces an older one.
    private sealed interface Want {
        record End() implements Want {}

        record Older() implements Want {}

        record Newer() implements Want {}

        record Position(long bytes) implements Want {}

        record Place(LogPlace place) implements Want {}
    }

    /// @param out gets what there is to see, on the reader's thread
    LogReader(Farm farm, Background background, Consumer<LogShown> out) {
        this.farm = farm;
        this.store = farm.logs();
        this.out = out;
        background.every("log", Duration.ZERO, this::turn);
    }

    /// Any thread, as all that follow: this log from now on, from its end; empty for none.
    void read(Optional<LogId> now) {
        ask(() -> {
            wanted = now;
            want = null;
        });
    }

    /// May anything be added to the log?
    void live(boolean is) {
        live = is;
    }

    /// Does the screen keep to the end? Then what is read goes on with it, else it stays where it is.
    void following(boolean is) {
        following = is;
        if (is) {
            ask(() -> want = new Want.End());
        }
    }

    void older() {
        ask(() -> want = want == null ? new Want.Older() : want);
    }

    void newer() {
        ask(() -> want = want == null ? new Want.Newer() : want);
    }

    /// The lines about a position of the whole log.
    void goTo(long position) {
        ask(() -> want = new Want.Position(position));
    }

    /// The lines about a line.
    void goTo(LogPlace place) {
        ask(() -> want = new Want.Place(place));
    }

    /// Something was added to the log of a task: look now, if it is this one.
    void grew(String task) {
        ask(() -> news |= wanted.filter(w -> w.task().toString().equals(task)).isPresent());
    }

    private void ask(Runnable what) {
        lock.lock();
        try {
            what.run();
            asked.signal();
        } finally {
            lock.unlock();
        }
    }

    private record Asked(Optional<LogId> log, Optional<Want> want) {}

    /// Waits until something is asked, or it is time to look whether the log grew.
    private Optional<Asked> take() {
        lock.lock();
        try {
            if (failed || (want == null && wanted.equals(log) && !news)) {
                asked.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
            }
            var now = new Asked(wanted, Optional.ofNullable(want));
            want = null;
            news = false;
            return Optional.of(now);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private void turn() {
        take().ifPresent(now -> {
            failed = true;
            if (!now.log().equals(log)) {
                begin(now.log());
            }
            if (log.isPresent()) {
                now.want().ifPresent(w -> answer(log.get(), w));
                watch(log.get());
                grow(log.get());
            }
            failed = false;
        });
    }

    /// Asks the worker that runs the task to tell when its log grows.
    private void watch(LogId id) {
        var now = Instant.now();
        if (live && watchedAt.plus(RENEW).isBefore(now)) {
            watchedAt = now;
            farm.watchLog(id.task());
        }
    }

    private void begin(Optional<LogId> now) {
        watchedAt = Instant.EPOCH;
        window = new LogWindow();
        map = LogMap.empty();
        mapped = false;
        ended = false;
        atEnd = true;
        if (now.isPresent()) {
            var page = store.tail(now.get().task(), now.get().attempt(), FIRST);
            atStart = page.pieces().isEmpty();
            window.show(page.pieces(), 0);
        }
        // Only now: when the read failed it is begun again.
        log = now;
        tell(Optional.empty());
        now.ifPresent(this::mapped);
    }

    /// The end is on the screen by now; the map of a log of very many chunks may take its time.
    private void mapped(LogId id) {
        if (mapped) {
            return;
        }
        map = store.map(id, window.lastSeq());
        mapped = true;
        long before = Math.max(0, map.total() - window.end() + window.start());
        window.startsAt(before);
        atStart = before == 0;
        tell(Optional.empty());
    }

    private void answer(LogId id, Want what) {
        mapped(id);
        switch (what) {
            case Want.End end -> {
                if (!atEnd) {
                    var page = store.tail(id.task(), id.attempt(), FIRST);
                    map = store.map(id, page.nextSeq());
                    show(page.pieces(), map.total() - page.bytes());
                    atEnd = true;
                    tell(Optional.empty());
                }
            }
            case Want.Older older -> older(id);
            case Want.Newer newer -> newer(id);
            case Want.Position(long bytes) -> about(id, map.atPosition(bytes), Optional.of(bytes), Optional.empty());
            case Want.Place(LogPlace place) -> {
                if (window.firstSeq() <= place.seq() && place.seq() <= window.lastSeq()) {
                    tell(Optional.of(place));
                } else {
                    about(id, map.at(place.seq()), Optional.empty(), Optional.of(place));
                }
            }
        }
    }

    private void older(LogId id) {
        if (atStart || window.isEmpty()) {
            return;
        }
        var page = store.before(id.task(), id.attempt(), window.firstSeq(), PAGE);
        if (page.pieces().isEmpty()) {
            atStart = true;
        } else if (window.prepend(page.pieces())) {
            atEnd = false;
        }
        atStart |= window.start() <= 0;
        tell(Optional.empty());
    }

    private void newer(LogId id) {
        if (atEnd) {
            return;
        }
        var page = store.read(id.task(), id.attempt(), window.lastSeq(), PAGE);
        if (page.pieces().isEmpty()) {
            atEnd = true;
        } else {
            long start = window.start();
            window.append(page.pieces());
            atStart &= window.start() == start;
            if (window.end() > map.total()) {
                map = store.map(id, window.lastSeq());
            }
        }
        tell(Optional.empty());
    }

    /// A window with some lines before the mark and more behind it.
    private void about(LogId id, LogMap.Mark mark, Optional<Long> position, Optional<LogPlace> place) {
        var from = map.atPosition(Math.max(0, mark.before() - FIRST));
        var page = store.read(id.task(), id.attempt(), from.seq() - 1, FIRST + PAGE);
        show(page.pieces(), from.before());
        atEnd = window.end() >= map.total();
        var first = place.or(() -> window.lines().stream()
                .filter(line -> line.position() >= position.orElse(0L))
                .findFirst()
                .map(LogLine::place));
        tell(first);
    }

    private void show(List<LogPiece> pieces, long before) {
        window.show(pieces, before);
        atStart = before <= 0;
    }

    /// Takes what was added since, while the end is in the window and may move with it.
    private void grow(LogId id) {
        if (ended || !atEnd || (!following && window.isFull())) {
            return;
        }
        // Asked before the look: what was written before its end is there now.
        boolean was = live;
        var page = store.read(id.task(), id.attempt(), window.lastSeq(), PAGE);
        if (page.pieces().isEmpty()) {
            ended = !was;
            return;
        }
        long start = window.start();
        window.append(page.pieces());
        atStart &= window.start() == start;
        map = map.grown(page.pieces());
        tell(Optional.empty());
    }

    private void tell(Optional<LogPlace> moveTo) {
        out.accept(new LogShown(log, window.lines(), Math.max(map.total(), window.end()), atStart, atEnd, moveTo));
    }
}
