package aque.worker;

import static org.assertj.core.api.Assertions.assertThat;

import aque.progress.Patterns;
import aque.progress.Words;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LineCutterTest {
    private final Words words = Patterns.shipped().gauge(List.of("blender")).words();
    private final LineCutter cutter = new LineCutter(100);
    private final List<String> lines = new ArrayList<>();

    private void add(String piece) {
        cutter.add(piece.getBytes(StandardCharsets.UTF_8), words, lines::add);
    }

    @Test
    void onlyLinesThatMayTellSomethingAreGiven() {
        add("hello\nopenjd_status: é\r\nnothing\r OpenJD_env: A\nno space left on DEVICE\n");
        assertThat(lines).containsExactly("openjd_status: é", " OpenJD_env: A", "no space left on DEVICE");
    }

    @Test
    void aLineInPiecesIsFoundWhereverItIsCut() {
        var line = "Fra:1 Mem:1M | Sample 3/16";
        for (var cut = 1; cut < line.length(); cut++) {
            add("x\n" + line.substring(0, cut));
            add(line.substring(cut) + "\nx\n");
        }
        assertThat(lines).hasSize(line.length() - 1).containsOnly(line);
    }

    @Test
    void ofNeighboursThatOnlyTellHowFarItIsTheLastOfAPieceIsGiven() {
        add(
                "Fra:1 | Sample 1/16\nFra:1 | Sample 2/16\nplain\nFra:1 | Sample 3/16\nSaved: 'a.png'\nFra:2 | Sample 1/16\n");
        add("Fra:2 | Sample 2/16\n");
        assertThat(lines)
                .containsExactly("Fra:1 | Sample 3/16", "Saved: 'a.png'", "Fra:2 | Sample 1/16", "Fra:2 | Sample 2/16");
    }

    @Test
    void noNeighbourTakesTheWordFromWhatIsAddressedToUs() {
        add("openjd_progress: 1\nopenjd_progress: 2\nopenjd_fail: no\n");
        assertThat(lines).hasSize(3);
    }

    @Test
    void aRuleWithoutAnyTextOfItsOwnSeesEveryLine() {
        var own = Patterns.shipped()
                .with(List.of("status ^(?<text>\\w+)$"))
                .gauge(List.of("x"))
                .words();
        cutter.add("one\ntwo\n".getBytes(StandardCharsets.UTF_8), own, lines::add);
        assertThat(lines).containsExactly("one", "two");
    }

    @Test
    void aLineThatIsTooLongIsPassedOverAndTheNextIsNot() {
        add("openjd_status: " + "x".repeat(90));
        add("x".repeat(50) + "\nopenjd_status: y\n");
        assertThat(lines).containsExactly("openjd_status: y");
    }

    @Test
    void theBeginningOfALineCountsForWhoComesToReadItsEnd() {
        cutter.add("openjd_sta".getBytes(StandardCharsets.UTF_8), Words.NONE, lines::add);
        add("tus: z\n");
        assertThat(lines).containsExactly("openjd_status: z");
    }
}
