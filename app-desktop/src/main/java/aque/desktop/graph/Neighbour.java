package aque.desktop.graph;

import aque.desktop.feed.Row;
import aque.desktop.layout.Folded.Place;
import aque.desktop.layout.GraphLayout.Spot;
import aque.task.TaskId;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/// Finds the box, or on the farm the card, that lies next in a direction. FX thread.
record Neighbour(Sight sight, GraphModel model) {
    /// What lies aside counts so much more than what lies ahead.
    private static final double ASIDE = 3;

    private record Candidate(TaskId id, Spot spot) {}

    /// @param right 1 to the right, -1 to the left
    /// @param down 1 down, -1 up
    Optional<TaskId> of(Optional<TaskId> from, int right, int down) {
        var level = sight.level();
        var here = from.flatMap(model.farm()::row)
                .flatMap(row -> sight.spot(
                        row.view().job(),
                        level.isPresent() ? row.id() : row.view().job()));
        return here.flatMap(spot -> candidates(level)
                .filter(c -> ahead(spot, c.spot(), right, down) > 1)
                .min(Comparator.comparingDouble(c -> distance(spot, c.spot(), right, down)))
                .map(Candidate::id));
    }

    private Stream<Candidate> candidates(Optional<TaskId> level) {
        if (level.isEmpty()) {
            return model.farm().jobs().stream().map(Row::id).flatMap(id -> candidate(id, id));
        }
        var job = level.get();
        return model.picture(job).stream()
                .flatMap(picture -> picture.plan().folded().boxes().stream())
                .filter(box -> box.place() != Place.OUTSIDE)
                .flatMap(box -> candidate(job, box.group()));
    }

    private Stream<Candidate> candidate(TaskId job, TaskId id) {
        return sight.spot(job, id).map(spot -> new Candidate(id, spot)).stream();
    }

    private static double ahead(Spot from, Spot to, int right, int down) {
        return (to.middleX() - from.middleX()) * right + (to.middleY() - from.middleY()) * down;
    }

    private static double distance(Spot from, Spot to, int right, int down) {
        double aside =
                Math.abs((to.middleX() - from.middleX()) * down) + Math.abs((to.middleY() - from.middleY()) * right);
        return ahead(from, to, right, down) + ASIDE * aside;
    }
}
