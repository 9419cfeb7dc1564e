package aque.desktop.feed;

import static org.assertj.core.api.Assertions.assertThat;

import aque.task.TaskId;
import java.util.List;
import org.junit.jupiter.api.Test;

class SelectionTest {
    private final Selection selection = new Selection();

    @Test
    void theLastClickedIsShownAndOthersStaySelected() {
        selection.only(new TaskId(1));
        selection.toggle(new TaskId(2));

        assertThat(selection.ids()).containsExactly(new TaskId(1), new TaskId(2));
        assertThat(selection.lead().get()).contains(new TaskId(2));
    }

    @Test
    void aRangeKeepsWhereItBegan() {
        selection.set(List.of(new TaskId(1), new TaskId(2), new TaskId(3)), new TaskId(3));

        assertThat(selection.lead().get()).contains(new TaskId(3));
        assertThat(selection.ids()).hasSize(3);
    }
}
