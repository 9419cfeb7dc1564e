package aque.desktop.dock;

import static aque.desktop.dock.DockNode.below;
import static aque.desktop.dock.DockNode.beside;
import static aque.desktop.dock.DockNode.place;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DockNodeTest {

    @Test
    void inALowWindowWhatHasPixelsOfItsOwnLeavesAlmostHalfToTheOthers() {
        var usual = beside(0, place(0, "jobs"), below(392, place(440, "task"), place(0, "log")));

        assertThat(usual.within(640))
                .isEqualTo(beside(0, place(0, "jobs"), below(392, place(352, "task"), place(0, "log"))));
        assertThat(usual.within(900)).isEqualTo(usual);
    }

    @Test
    void everyPerspectiveHasEveryPanelOnceAndNoMoreTabsThanHaveRoom() {
        var panels = Perspective.WRANGLER.usual().all().sorted().toList();

        assertThat(panels).doesNotHaveDuplicates().contains("jobs", "task", "log", "limits");
        for (var each : Perspective.values()) {
            assertThat(each.usual().all().sorted().toList()).isEqualTo(panels);
            assertThat(tabs(each.usual())).as(each.word()).allMatch(tabs -> tabs <= 9);
        }
    }

    private static Stream<Integer> tabs(DockNode node) {
        return Stream.concat(
                Stream.of(node.panels().size()), node.parts().stream().flatMap(DockNodeTest::tabs));
    }
}
