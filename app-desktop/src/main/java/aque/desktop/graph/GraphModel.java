package aque.desktop.graph;

import aque.desktop.feed.Background;
import aque.desktop.feed.FarmModel;
import aque.desktop.feed.OpenJob;
import aque.desktop.feed.Row;
import aque.desktop.feed.Selection;
import aque.desktop.layout.Fold;
import aque.desktop.layout.Folded;
import aque.desktop.layout.GraphLayout;
import aque.desktop.layout.Knot;
import aque.task.TaskId;
import aque.task.TaskView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// The graph of the chosen job: folded and laid out in the background whenever its shape changes, coloured from the
/// rows, which change by themselves. FX thread, no toolkit.
public final class GraphModel {
    private final FarmModel farm;
    private final Selection selection;
    private final Background background;
    private final ReadOnlyObjectWrapper<Optional<Picture>> picture = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyLongWrapper colours = new ReadOnlyLongWrapper();
    private Optional<TaskId> job = Optional.empty();
    private long wanted;

    /// A job ready to be drawn: its boxes, their places, and the rows inside each of them.
    record Picture(OpenJob job, Folded folded, GraphLayout layout, List<List<Row>> rows) {

        /// The box that holds a task or stands for a group.
        Optional<Integer> boxOf(TaskId task) {
            for (int i = 0; i < folded.boxes().size(); i++) {
                var box = folded.boxes().get(i);
                if (box.group().equals(task) || java.util.Collections.binarySearch(box.tasks(), task) >= 0) {
                    return Optional.of(i);
                }
            }
            return Optional.empty();
        }
    }

    public GraphModel(FarmModel farm, Selection selection, Background background) {
        this.farm = farm;
        this.selection = selection;
        this.background = background;
        selection.lead().addListener((o, was, is) -> chosen());
        farm.listen(this::changed);
    }

    // Properties

    ReadOnlyObjectProperty<Optional<Picture>> picture() {
        return picture.getReadOnlyProperty();
    }

    /// Counts up whenever a colour of the picture may be another.
    ReadOnlyLongProperty colours() {
        return colours.getReadOnlyProperty();
    }

    private void chosen() {
        var now =
                selection.lead().get().flatMap(farm::row).map(row -> row.view().job());
        if (now.isEmpty() || now.equals(job)) {
            return;
        }
        job.ifPresent(was -> farm.release(was, this));
        job = now;
        farm.hold(now.get(), this);
        farm.open(now.get()).filter(OpenJob::whole).ifPresent(this::layOut);
    }

    private void changed(FarmModel.Change change) {
        if (job.isEmpty()) {
            chosen();
        }
        job.filter(change.reshaped()::contains)
                .flatMap(farm::open)
                .filter(OpenJob::whole)
                .ifPresent(this::layOut);
        // A job is touched whenever one of its tasks is.
        if (job.filter(change.touched()::contains).isPresent()) {
            colours.set(colours.get() + 1);
        }
    }

    private void layOut(OpenJob open) {
        long mine = ++wanted;
        var tasks = new ArrayList<TaskView>(open.rows().size());
        open.rows().forEach(row -> tasks.add(row.view()));
        var edges = open.edges();
        var id = open.root().id();
        background.run(
                "layout",
                () -> {
                    var knots = tasks.stream().map(Knot::of).toList();
                    var folded = Fold.of(id, knots, edges);
                    return new Laid(folded, GraphLayout.of(folded));
                },
                laid -> {
                    if (mine == wanted) {
                        picture.set(Optional.of(new Picture(open, laid.folded(), laid.layout(), rows(open, laid))));
                    }
                });
    }

    private record Laid(Folded folded, GraphLayout layout) {}

    private static List<List<Row>> rows(OpenJob open, Laid laid) {
        return laid.folded().boxes().stream()
                .map(box -> box.tasks().stream()
                        .flatMap(id -> open.row(id).stream())
                        .toList())
                .toList();
    }
}
