package aque.desktop.submit;

import aque.desktop.layout.Fold;
import aque.desktop.layout.Folded;
import aque.desktop.layout.Graph;
import aque.desktop.layout.GraphLayout;
import aque.desktop.layout.Knot;
import aque.submit.Submission;
import aque.task.Edge;
import aque.task.TaskId;
import java.util.ArrayList;
import java.util.Optional;

/// The graph of tasks that are none yet: their places in the submission stand in for ids. Pure.
record Sketch(Folded folded, GraphLayout layout) {

    static Sketch of(Submission submission) {
        var knots = new ArrayList<Knot>();
        var edges = new ArrayList<Edge>();
        var root = id(0);
        for (int i = 0; i < submission.tasks().size(); i++) {
            var task = submission.tasks().get(i);
            int place = i;
            if (task.parent() < 0) {
                root = id(i);
            }
            var parent = task.parent() < 0 ? Optional.<TaskId>empty() : Optional.of(id(task.parent()));
            knots.add(Knot.planned(id(i), parent, task.isGroup(), task.name()));
            task.upstream().forEach(up -> edges.add(new Edge(id(up), id(place))));
        }
        var folded = Fold.of(Graph.of(root, knots, edges));
        return new Sketch(folded, GraphLayout.of(folded));
    }

    private static TaskId id(int place) {
        return new TaskId(place + 1L);
    }
}
