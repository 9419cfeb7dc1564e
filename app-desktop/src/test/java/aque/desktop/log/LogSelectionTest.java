package aque.desktop.log;

import static org.assertj.core.api.Assertions.assertThat;

import aque.desktop.log.LogSelection.Caret;
import aque.log.Channel;
import aque.log.LogPlace;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogSelectionTest {
    private final List<LogLine> lines = List.of(line(1, "one"), line(2, "\u001b[31mtwo\u001b[0m"), line(3, "three"));

    @Test
    void holdsTheTextBetweenItsEndsWhicheverCameFirst() {
        assertThat(new LogSelection(caret(1, 1), caret(3, 2)).text(lines)).isEqualTo("ne\ntwo\nth");
        assertThat(new LogSelection(caret(3, 2), caret(1, 1)).text(lines)).isEqualTo("ne\ntwo\nth");
    }

    @Test
    void canBePartOfALine() {
        assertThat(new LogSelection(caret(3, 1), caret(3, 3)).text(lines)).isEqualTo("hr");
    }

    @Test
    void linesThatAreNotInMemoryAreLeftOut() {
        assertThat(new LogSelection(caret(0, 4), caret(2, 99)).text(lines)).isEqualTo("one\ntwo");
    }

    private static Caret caret(long line, int column) {
        return new Caret(new LogPlace(line, 0), column);
    }

    private static LogLine line(long seq, String raw) {
        return new LogLine(new LogPlace(seq, 0), seq, Instant.EPOCH, Channel.STDOUT, raw);
    }
}
