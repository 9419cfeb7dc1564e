package aque.desktop.log;

import static org.assertj.core.api.Assertions.assertThat;

import aque.log.Channel;
import aque.log.LogChunk;
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
            lines.addAll(each.add(chunk(Channel.STDOUT, Arrays.copyOf(bytes, cut))));
            lines.addAll(each.add(chunk(Channel.STDOUT, Arrays.copyOfRange(bytes, cut, bytes.length))));

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
        assembler.add(chunk(Channel.STDERR, "err\n".getBytes(StandardCharsets.UTF_8)));

        assertThat(texts(add("put\n"))).containsExactly("out put");
    }

    @Test
    void aLineWithoutEndIsCutBeforeItFillsTheMemory() {
        assertThat(add("x".repeat(LineAssembler.LONGEST * 2 + 1))).hasSize(2);
    }

    private List<LogLine> add(String text) {
        return assembler.add(chunk(Channel.STDOUT, text.getBytes(StandardCharsets.UTF_8)));
    }

    private static LogChunk chunk(Channel channel, byte[] data) {
        return new LogChunk(new TaskId(1), 1, channel, 0, Instant.EPOCH, data);
    }

    private static List<String> texts(List<LogLine> lines) {
        return lines.stream().map(LogLine::raw).toList();
    }
}
