package aque.desktop.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineRowsTest {

    @Test
    void wordsStayWhole() {
        assertThat(rows("Warning: texture not found, using pink", 18))
                .containsExactly("Warning: texture ", "not found, using ", "pink");
    }

    @Test
    void aSpaceBehindAFullRowIsNoRowOfItsOwn() {
        assertThat(rows("abcde fghij", 5)).containsExactly("abcde ", "fghij");
        assertThat(rows("abcde ", 5)).containsExactly("abcde ");
    }

    @Test
    void aWordThatIsLongerThanHalfARowIsCut() {
        assertThat(rows("of /show/boat/beauty/0101.exr", 12)).containsExactly("of /show/boa", "t/beauty/010", "1.exr");
    }

    @Test
    void whatHasRoomIsOneRowAndEachColumnIsInItsRow() {
        assertThat(rows("", 10)).containsExactly("");
        assertThat(rows("0123456789", 10)).containsExactly("0123456789");
        assertThat(LineRows.of("a".repeat(100), Integer.MAX_VALUE).count()).isEqualTo(1);
        var rows = LineRows.of("aa bb cc dd", 6);
        assertThat(IntStream.range(0, 11).map(rows::at)).containsExactly(0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1);
    }

    @Test
    void everyCharacterOfAVeryLongLineIsThereOnce() {
        var text = "word ".repeat(5_000);

        assertThat(String.join("", rows(text, 49))).isEqualTo(text);
    }

    private static List<String> rows(String text, int perRow) {
        var rows = LineRows.of(text, perRow);
        return IntStream.range(0, rows.count())
                .mapToObj(row -> text.substring(rows.start(row), Math.min(text.length(), rows.end(row))))
                .toList();
    }
}
