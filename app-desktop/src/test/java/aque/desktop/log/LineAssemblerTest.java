package aque.desktop.log;

import static org.assertj.core.api.Assertions.assertThat;

import aque.log.Channel;
import aque.log.LogChunk;
import aque.log.LogPiece;
import aque.log.LogPlace;
import aque.task.TaskId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineAssemblerTest {
    private final LineAssembler assembler = new LineAssembler();

    @Test
    void lfCrAndCrlfEndALineOnce() {
        assertThat(texts(add("one\ntwo\rthree\r\nfour\n\nsix\r")))
                .containsExactly("one", "two", "three", "four", "", "six");
    }

    @Test
    void aLineIsTheSameWhereverItsBytesAreCut() {
        var text = "Frä:101 ▶ done\r\nsecond\rthird €\n";
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int cut = 1; cut < bytes.length; cut++) {
            var each = new LineAssembler();
            var lines = new ArrayList<LogLine>();
            lines.addAll(each.add(piece(0, Arrays.copyOf(bytes, cut)), 0));
            lines.addAll(each.add(piece(cut, Arrays.copyOfRange(bytes, cut, bytes.length)), cut));

            assertThat(texts(lines)).as("cut at %s", cut).containsExactly("Frä:101 ▶ done", "second", "third €");
        }
    }

    @Test
    void whatIsNotEndedIsShownUntilItIs() {
        add("Rendered 4");

        assertThat(texts(assembler.unfinished())).containsExactly("Rendered 4");
        assertThat(texts(add("1/128\n"))).containsExactly("Rendered 41/128");
        assertThat(assembler.unfinished()).isEmpty();
    }

    @Test
    void channelsDoNotMix() {
        add("out ");
        assembler.add(piece(Channel.STDERR, 0, "err\n".getBytes(StandardCharsets.UTF_8)), 0);

        assertThat(texts(add("put\n"))).containsExactly("out put");
    }

    @Test
    void aLineWithoutEndIsCutBeforeItFillsTheMemory() {
        assertThat(add("x".repeat(LineAssembler.LONGEST * 2 + 1))).hasSize(2);
    }

    @Test
    void whatStandsBeforeTheFirstLineEndOfAPageIsLeftOut() {
        assertThat(texts(assembler.add(piece(100, "of a line\nwhole\n".getBytes(StandardCharsets.UTF_8)), 0)))
                .containsExactly("whole");
    }

    @Test
    void directivesAreProgressAndStatus() {
        assertThat(add("openjd_progress: 40\nopenjd_status: sim\nopenjd_env: A=1\n"))
                .extracting(LogLine::channel)
                .containsExactly(Channel.PROGRESS, Channel.STATUS, Channel.STDOUT);
    }

    @Test
    void aLineKnowsWhereItEnds() {
        var lines = assembler.add(piece(0, "one\ntwo\n".getBytes(StandardCharsets.UTF_8)), 1000);

        assertThat(lines).extracting(LogLine::place).containsExactly(new LogPlace(7, 3), new LogPlace(7, 7));
        assertThat(lines).extracting(LogLine::position).containsExactly(1003L, 1007L);
    }

    private List<LogLine> add(String text) {
        return assembler.add(piece(0, text.getBytes(StandardCharsets.UTF_8)), 0);
    }

    private static LogPiece piece(long offset, byte[] data) {
        return piece(Channel.STDOUT, offset, data);
    }

    private static LogPiece piece(Channel channel, long offset, byte[] data) {
        return new LogPiece(7, new LogChunk(new TaskId(1), 1, channel, offset, Instant.EPOCH, data));
    }

    private static List<String> texts(List<LogLine> lines) {
        return lines.stream().map(LogLine::raw).toList();
    }
}
