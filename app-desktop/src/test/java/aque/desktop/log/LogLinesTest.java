package aque.desktop.log;

import static org.assertj.core.api.Assertions.assertThat;

import aque.log.Channel;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javafx.collections.ListChangeListener;
import org.junit.jupiter.api.Test;

class LogLinesTest {
    private final LogLines lines = new LogLines();

    @Test
    void anUnfinishedLineIsReplacedByTheNextBatch() {
        lines.append(List.of(line("one")), List.of(line("tw")));
        lines.append(List.of(line("two"), line("three")), List.of());

        assertThat(lines).extracting(LogLine::raw).containsExactly("one", "two", "three");
    }

    @Test
    void neverHoldsMoreThanItsBound() {
        for (int batch = 0; batch < 30; batch++) {
            int first = batch * 3000;
            lines.append(
                    IntStream.range(first, first + 3000)
                            .mapToObj(i -> line("" + i))
                            .toList(),
                    List.of(line("open")));
        }

        assertThat(lines).hasSize(LogLines.MOST);
        assertThat(lines.getLast().raw()).isEqualTo("open");
        assertThat(lines.get(LogLines.MOST - 2).raw()).isEqualTo("89999");
        assertThat(lines.getFirst().raw()).isEqualTo("" + (90_000 - LogLines.MOST + 1));
    }

    @Test
    void aBatchIsOneChange() {
        var changes = new AtomicInteger();
        lines.append(List.of(line("one")), List.of(line("tw")));
        lines.addListener((ListChangeListener<LogLine>) change -> changes.incrementAndGet());

        lines.append(List.of(line("two"), line("three")), List.of(line("fo")));

        assertThat(changes).hasValue(1);
    }

    private static LogLine line(String text) {
        return new LogLine(Instant.EPOCH, Channel.STDOUT, text);
    }
}
