package aque.desktop.log;

import static org.assertj.core.api.Assertions.assertThat;

import aque.log.Channel;
import aque.log.LogChunk;
import aque.log.LogPiece;
import aque.task.TaskId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LogWindowTest {
    private static final int CHUNK = 64 << 10;

    private final List<LogPiece> log = log(100 * CHUNK);
    private final LogWindow window = new LogWindow();

    @Test
    void neverHoldsMuchMoreThanItsBound() {
        window.show(log.subList(0, 1), 0);
        log.subList(1, 100).forEach(piece -> window.append(List.of(piece)));

        assertThat(window.end()).isEqualTo(100 * CHUNK);
        assertThat(window.end() - window.start()).isLessThanOrEqualTo(LogWindow.MOST);
        assertThat(window.lines().getLast().raw()).isEqualTo(line(100 * CHUNK / 16 - 1));
    }

    @Test
    void showsTheSameLinesOnTheWayBack() {
        window.show(log.subList(90, 100), 90 * CHUNK);
        for (int first = 80; first >= 0; first -= 10) {
            window.prepend(log.subList(first, first + 10));
        }

        assertThat(window.start()).isZero();
        assertThat(texts().getFirst()).isEqualTo(line(0));
        assertThat(texts())
                .isEqualTo(IntStream.range(0, texts().size())
                        .mapToObj(LogWindowTest::line)
                        .toList());
    }

    @Test
    void saysWhenTheEndHadToGo() {
        window.show(log.subList(90, 100), 90 * CHUNK);

        assertThat(window.prepend(log.subList(80, 90))).isFalse();
        assertThat(window.prepend(log.subList(50, 80))).isTrue();
    }

    @Test
    void linesKnowTheirPositionInTheWholeLog() {
        window.show(log.subList(50, 60), 50 * CHUNK);

        var lines = window.lines();
        assertThat(lines.getFirst().position()).isEqualTo(50 * CHUNK + 31);
        window.startsAt(40 * CHUNK);
        assertThat(window.lines().getFirst().position()).isEqualTo(40 * CHUNK + 31);
    }

    private List<String> texts() {
        return window.lines().stream().map(LogLine::raw).toList();
    }

    private static String line(int number) {
        return "line %10d".formatted(number);
    }

    /// Lines of 16 bytes with their end.
    private static List<LogPiece> log(int bytes) {
        var text = new StringBuilder();
        IntStream.range(0, bytes / 16).forEach(i -> text.append(line(i)).append('\n'));
        var data = text.toString().getBytes(StandardCharsets.UTF_8);
        var pieces = new ArrayList<LogPiece>();
        for (int at = 0; at < data.length; at += CHUNK) {
            var part = java.util.Arrays.copyOfRange(data, at, at + CHUNK);
            pieces.add(new LogPiece(
                    1 + pieces.size(), new LogChunk(new TaskId(1), 1, Channel.STDOUT, at, Instant.EPOCH, part)));
        }
        return pieces;
    }
}
