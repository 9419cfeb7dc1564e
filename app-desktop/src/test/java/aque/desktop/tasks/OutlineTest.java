package aque.desktop.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import aque.desktop.feed.Row;
import aque.desktop.feed.Rows;
import aque.task.TaskId;
import aque.task.TaskState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javafx.collections.ListChangeListener;
import org.junit.jupiter.api.Test;

class OutlineTest {
    private final AtomicReference<Comparator<Row>> order = new AtomicReference<>(TasksModel.NEWEST_FIRST);
    private final Outline outline = new Outline(order::get);
    private final Row boat = Rows.open(
                    Rows.group(1, "boat"),
                    Rows.group(2, "beauty"),
                    Rows.in(2, Rows.task(3, "0101", TaskState.SUCCESS)),
                    Rows.in(2, Rows.task(4, "0102", TaskState.ERROR)),
                    Rows.task(5, "movie", TaskState.WAITING))
            .root();
    private final Row crowd = Rows.job(9, "crowd", "bo", TaskState.RUNNING);

    @Test
    void whatIsUnfoldedStandsBelowItsGroupOneDeeper() {
        outline.show(List.of(new Section("", List.of(boat, crowd))));

        outline.unfold(id(2));
        assertThat(lines()).containsExactly("0 boat", "0 crowd");
        outline.unfold(id(1));
        assertThat(lines()).containsExactly("0 boat", "1 beauty", "2 0101", "2 0102", "1 movie", "0 crowd");
        outline.fold(id(1));
        assertThat(lines()).containsExactly("0 boat", "0 crowd");
    }

    @Test
    void unfoldingIsOneInsertionAndLinesThatStayAreTheSame() {
        outline.show(List.of(new Section("", List.of(boat, crowd))));
        var before = List.copyOf(outline);
        var changes = new ArrayList<String>();
        outline.addListener((ListChangeListener<Line>) change -> {
            while (change.next()) {
                changes.add(change.getFrom() + "+" + change.getAddedSize() + "-" + change.getRemovedSize());
            }
        });

        outline.unfold(id(1));
        outline.unfold(id(2));
        outline.fold(id(2));

        assertThat(changes).containsExactly("1+2-0", "2+2-0", "2+0-2");
        assertThat(outline.getFirst()).isSameAs(before.getFirst());
        assertThat(outline.getLast()).isSameAs(before.getLast());
    }

    @Test
    void anotherOrderSortsTasksWithinTheirGroup() {
        outline.show(List.of(new Section("", List.of(boat))));
        outline.unfold(id(1));
        outline.unfold(id(2));

        order.set(Comparator.<Row, String>comparing(row -> row.view().name()).reversed());
        outline.reorder();

        assertThat(lines()).containsExactly("0 boat", "1 movie", "1 beauty", "2 0102", "2 0101");
    }

    @Test
    void sectionsStandBelowTheirHeadingWhichIsNoRow() {
        outline.show(List.of(new Section("ann", List.of(boat)), new Section("bo", List.of(crowd))));

        assertThat(lines()).containsExactly("ann (1)", "0 boat", "bo (1)", "0 crowd");
        assertThat(outline.row(0)).isEmpty();
        assertThat(outline.indexOf(id(9))).isEqualTo(3);
    }

    private List<String> lines() {
        return outline.stream()
                .map(line -> switch (line) {
                    case Line.Item(var row, var depth) ->
                        depth + " " + row.view().name();
                    case Line.Heading(var title, var jobs) -> title + " (" + jobs + ")";
                })
                .toList();
    }

    private static TaskId id(long id) {
        return new TaskId(id);
    }
}
