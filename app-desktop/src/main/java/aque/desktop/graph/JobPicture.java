package aque.desktop.graph;

import aque.desktop.feed.OpenJob;
import aque.desktop.feed.Row;
import aque.desktop.layout.Folded.Box;
import aque.desktop.layout.GraphLayout.Spot;
import aque.desktop.layout.Unfold;
import aque.task.TaskId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A job ready to be drawn: its boxes, their places, and the rows inside each of them. Its ground lies in the job's
/// card on the farm. FX thread.
final class JobPicture {
    /// What the card keeps for its own name, and its rim.
    static final double HEAD = 30;
    private static final double RIM = 8;
    /// A job of one box is small in its card, so that there is something to zoom in on.
    private static final double LARGEST = 0.4;

    private final OpenJob job;
    private final Unfold unfold;
    private final List<Inside> insides;
    private JobPlan plan;
    private boolean stale;

    JobPicture(OpenJob job, JobPlan plan, Unfold unfold) {
        this.job = job;
        this.unfold = unfold;
        this.plan = plan;
        this.insides = new ArrayList<>();
        for (var box : plan.folded().boxes()) {
            insides.add(new Inside(rows(job, box)));
        }
    }

    private static List<Row> rows(OpenJob job, Box box) {
        return box.tasks().stream().flatMap(id -> job.row(id).stream()).toList();
    }

    OpenJob job() {
        return job;
    }

    JobPlan plan() {
        return plan;
    }

    /// What was unfolded when it was laid out.
    Unfold unfold() {
        return unfold;
    }

    /// The same shape with another critical path.
    void replan(JobPlan now) {
        plan = now;
    }

    List<Spot> spots() {
        return plan.layout().spots();
    }

    Box box(int index) {
        return plan.folded().boxes().get(index);
    }

    Inside inside(int box) {
        return insides.get(box);
    }

    /// Its rows may have changed: they are looked at again before the next frame.
    void touch() {
        stale = true;
    }

    void refresh() {
        if (stale) {
            stale = false;
            insides.forEach(Inside::look);
        }
    }

    /// The camera of its ground while the farm is seen by `farm`.
    Camera camera(Camera farm, Spot card) {
        return farm.within(left(card), top(card), smaller());
    }

    /// The camera of the farm while its ground is seen by `mine`.
    Camera farm(Camera mine, Spot card) {
        return Camera.around(mine, left(card), top(card), smaller());
    }

    Spot ground() {
        return new Spot(0, 0, plan.layout().width(), plan.layout().height());
    }

    /// The box at a place of its ground.
    Optional<Integer> boxAt(double x, double y) {
        var spots = spots();
        for (int i = 0; i < spots.size(); i++) {
            if (spots.get(i).contains(x, y)) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    Optional<Integer> box(TaskId task) {
        return plan.box(task);
    }

    /// So many times smaller than the farm's is its ground in the card.
    double smaller() {
        return Math.min(
                LARGEST,
                Math.min(
                        (FarmPlan.WIDTH - 2 * RIM) / plan.layout().width(),
                        (FarmPlan.HEIGHT - HEAD - RIM) / plan.layout().height()));
    }

    private double left(Spot card) {
        return card.middleX() - plan.layout().width() * smaller() / 2;
    }

    private double top(Spot card) {
        return card.y() + HEAD + (FarmPlan.HEIGHT - HEAD - RIM - plan.layout().height() * smaller()) / 2;
    }
}
