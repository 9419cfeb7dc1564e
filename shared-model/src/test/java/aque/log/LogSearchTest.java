package aque.log;

import static org.assertj.core.api.Assertions.assertThat;

import aque.task.TaskId;
import aque.testing.TestFarm;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LogSearchTest {
    private static final LogId LOG = new LogId(new TaskId(7), 1);

    private final TestFarm farm = new TestFarm();
    private final LogStore logs = new LogStore(farm.database);

    @AfterEach
    void close() {
        farm.close();
    }

    /// Channels mix and chunks are cut anywhere, in the middle of lines and of characters.
    @Test
    void findsTheSameLinesHoweverTheLogIsCut() throws InterruptedException {
        var random = new Random(3);
        var out = lines("Fra:%d Mem:812M | rendered ▶ sample".formatted(1), 9_000);
        var err = lines("Warning: textüre hull_spec.exr missing", 3_000);
        write(random, out, err);
        var all = new ArrayList<String>();
        all.addAll(out);
        all.addAll(err);
        for (var regex : List.of("sample 4\\d\\d1$", "textüre.*77$", "zzz", "▶.* 12$", "7{3}", "rendered|missing")) {
            var query = LogQuery.of(regex);
            var wanted = all.stream().filter(query::matches).sorted().toList();

            assertThat(found(query).stream().map(LogHit::line).sorted().toList())
                    .as(regex)
                    .isEqualTo(wanted);
        }
    }

    @Test
    void aHitSaysWhereItsLineEnds() throws InterruptedException {
        write(new Random(5), lines("line", 20_000), List.of());
        var map = logs.map(LOG, Long.MAX_VALUE);
        for (var hit : found(LogQuery.of("line 1?777$"))) {
            var page = logs.between(LOG, hit.place().seq(), hit.place().seq() + 1);
            var data = page.getFirst().chunk().data();
            assertThat(data[hit.place().offset()]).isEqualTo((byte) '\n');
            assertThat(map.at(hit.place().seq()).before()).isLessThanOrEqualTo(hit.position());
        }
    }

    @Test
    void colouredLinesAreFoundByWhatAPersonReads() throws InterruptedException {
        logs.append(List.of(chunk(0, "first\n\u001b[31mERR\u001b[0mOR: bad\nlast, not ended, has an ERROR")));

        assertThat(found(LogQuery.of("ERROR")))
                .extracting(LogHit::line)
                .containsExactly("ERROR: bad", "last, not ended, has an ERROR");
    }

    @Test
    void goesThroughManyLogsInTheirOrder() throws InterruptedException {
        var ids = IntStream.rangeClosed(1, 30)
                .mapToObj(i -> new LogId(new TaskId(i), 1))
                .toList();
        logs.append(ids.stream()
                .map(id -> new LogChunk(
                        id.task(),
                        1,
                        Channel.STDOUT,
                        0,
                        Instant.now(),
                        ("frame " + id.task() + "\n").getBytes(StandardCharsets.UTF_8)))
                .toList());
        var found = new ArrayList<LogHit>();
        new LogSearch(logs).run(ids, LogQuery.of("frame \\d+"), news -> {
            found.addAll(news.hits());
            return true;
        });

        assertThat(found).extracting(LogHit::log).isEqualTo(ids);
    }

    @Test
    void endsWhenNobodyWantsMore() throws InterruptedException {
        write(new Random(5), lines("line", 60_000), List.of());
        var news = new ArrayList<LogSearch.News>();
        new LogSearch(logs, LogMap.STEP).run(List.of(LOG), LogQuery.of("line"), n -> {
            news.add(n);
            return false;
        });

        assertThat(news).hasSize(1);
        assertThat(news.getFirst().searched()).isLessThan(news.getFirst().of());
    }

    @Test
    void theMapSaysWhereChunksStand() {
        write(new Random(9), lines("line", 40_000), lines("err", 10_000));
        var map = logs.map(LOG, Long.MAX_VALUE);
        var all = logs.between(LOG, 0, Long.MAX_VALUE);
        assertThat(map.total()).isEqualTo(logs.size(LOG.task(), 1));
        assertThat(LogMap.empty().grown(all).total()).isEqualTo(map.total());
        long before = 0;
        for (var piece : all) {
            var mark = map.at(piece.seq());
            assertThat(mark.before()).isBetween(before - 2 * LogMap.STEP, before);
            assertThat(map.atPosition(before).seq()).isLessThanOrEqualTo(piece.seq());
            before += piece.chunk().data().length;
        }
        assertThat(map.parts(200_000).stream().mapToLong(LogMap.Part::bytes).sum())
                .isEqualTo(map.total());
        assertThat(map.parts(200_000).stream()
                        .flatMap(part -> logs.between(LOG, part.from(), part.to()).stream())
                        .map(LogPiece::seq))
                .isEqualTo(all.stream().map(LogPiece::seq).toList());
    }

    @Test
    void endsOfManyLogsAreReadAtOnce() {
        logs.append(List.of(chunk(0, "a".repeat(100)), chunk(100, "b".repeat(10)), chunk(110, "c".repeat(10))));
        var other = new LogId(new TaskId(99), 1);

        var tails = logs.tails(List.of(other, LOG), 15);

        assertThat(tails).containsOnlyKeys(LOG);
        assertThat(tails.getOrDefault(LOG, List.of()).stream()
                        .map(p -> new String(p.chunk().data(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining()))
                .isEqualTo("b".repeat(10) + "c".repeat(10));
    }

    private List<LogHit> found(LogQuery query) throws InterruptedException {
        var found = new ArrayList<LogHit>();
        new LogSearch(logs, LogMap.STEP).run(List.of(LOG), query, news -> {
            found.addAll(news.hits());
            return true;
        });
        return found;
    }

    private static List<String> lines(String text, int many) {
        return IntStream.range(0, many).mapToObj(i -> text + " " + i).toList();
    }

    private static LogChunk chunk(long offset, String text) {
        return new LogChunk(
                LOG.task(), 1, Channel.STDOUT, offset, Instant.now(), text.getBytes(StandardCharsets.UTF_8));
    }

    private void write(Random random, List<String> out, List<String> err) {
        var chunks = new ArrayList<LogChunk>();
        var streams = List.of(bytes(out), bytes(err));
        var at = new int[2];
        while (at[0] < streams.get(0).length || at[1] < streams.get(1).length) {
            int which = random.nextInt(2);
            int to = Math.min(streams.get(which).length, at[which] + 1 + random.nextInt(4000));
            if (to > at[which]) {
                var part = Arrays.copyOfRange(streams.get(which), at[which], to);
                var channel = which == 0 ? Channel.STDOUT : Channel.STDERR;
                chunks.add(new LogChunk(LOG.task(), 1, channel, at[which], Instant.now(), part));
                at[which] = to;
            }
        }
        logs.append(chunks);
    }

    private static byte[] bytes(List<String> lines) {
        return lines.stream()
                .map(line -> line + "\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
    }
}
