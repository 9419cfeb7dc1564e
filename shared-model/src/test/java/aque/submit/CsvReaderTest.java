package aque.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class CsvReaderTest {
    @Test
    void quotesHoldACellTogetherWithItsCommasLineEndsAndBlanks() {
        assertThat(cells("\"a,b\",\"two\nlines\", \" edge \",\"say \"\"hi\"\"\"\nnext,,\"\",x\n"))
                .containsExactly(List.of("a,b", "two\nlines", " edge ", "say \"hi\""), List.of("next", "", "", "x"));
    }

    @Test
    void aQuoteInsideACellIsALetter() {
        assertThat(cells("pipe 5\",7'\nx,y")).containsExactly(List.of("pipe 5\"", "7'"), List.of("x", "y"));
    }

    @Test
    void lineEndsOfAllPlatformsEndARowAndBlankRowsAreNone() {
        assertThat(cells("a,b\r\n\r\n 1 , 2 \r3,4\n\n"))
                .containsExactly(List.of("a", "b"), List.of("1", "2"), List.of("3", "4"));
    }

    @Test
    void namesWithoutACommaMayHaveAnotherSeparator() {
        assertThat(cells("a;b\n1,5;2\n")).containsExactly(List.of("a", "b"), List.of("1,5", "2"));
        assertThat(cells("a\tb\n1;\t\n")).containsExactly(List.of("a", "b"), List.of("1;", ""));
    }

    @Test
    void aRowKnowsItsLineAndAnOpenQuoteWhereItBegan() {
        assertThat(CsvReader.rows("a\n\n\"x\ny\"\nz\n"))
                .extracting(CsvReader.Row::line)
                .containsExactly(1, 3, 5);
        assertThatThrownBy(() -> CsvReader.rows("a\nb\n\"c\nd\n")).hasMessage("3: a quote does not end");
    }

    private static List<List<String>> cells(String text) {
        return CsvReader.rows(text).stream().map(CsvReader.Row::cells).toList();
    }
}
