package aque.desktop.graph;

import aque.desktop.layout.GraphLayout.Spot;
import aque.task.TaskId;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Where the camera is over the farm, what is at a place of the view, and how to come to something. FX thread.
final class Sight {
    /// A box is shown at its own size, never larger, when a graph is fitted.
    private static final double NATURAL = 1;
    private static final double SMALLEST = 0.5;
    private static final double LARGEST = 4;
    /// So wide is the cell of a task when one zooms in as far as possible.
    private static final double CELL = 260;

    private final GraphModel model;
    private Camera camera = new Camera(1, 0, 0);
    private Spot room = new Spot(0, 0, 1, 1);
    private Levels levels = Levels.of(room);

    Sight(GraphModel model) {
        this.model = model;
    }

    Camera camera() {
        return camera;
    }

    /// The part of the view that a fitted graph may take.
    Spot room() {
        return room;
    }

    Levels levels() {
        return levels;
    }

    /// The view is another size now: what was in its middle stays there.
    void room(Spot now) {
        camera = camera.panned(now.middleX() - room.middleX(), now.middleY() - room.middleY());
        room = now;
        levels = Levels.of(now);
    }

    void pan(double dx, double dy) {
        camera = camera.panned(dx, dy);
    }

    /// Zooms at a place of the view, as far as there is something to see.
    void zoom(double factor, double x, double y) {
        double least = Math.min(SMALLEST * farmScale(), camera.scale());
        double most = Math.max(most(x, y), camera.scale());
        double wanted = Math.clamp(camera.scale() * factor, least, most);
        camera = camera.zoomed(wanted / camera.scale(), x, y);
    }

    private double farmScale() {
        return Camera.fitting(model.plan().bounds(), room, NATURAL).scale();
    }

    private double most(double x, double y) {
        var picture = jobAt(x, y).flatMap(model::picture);
        if (picture.isEmpty()) {
            return 4 * room.width() / FarmPlan.WIDTH;
        }
        double inner = hit(x, y)
                .flatMap(Hit::box)
                .filter(box -> picture.get().inside(box).size() > 1)
                .map(box -> CELL
                        / TaskGrid.of(
                                        picture.get().spots().get(box),
                                        picture.get().inside(box).size())
                                .cellWidth())
                .orElse(LARGEST);
        return Math.max(LARGEST, inner) / picture.get().smaller();
    }

    /// The whole farm.
    void fitFarm() {
        camera = Camera.fitting(model.plan().bounds(), room, NATURAL);
    }

    /// A whole job, as large as it reads well.
    void fitJob(TaskId job) {
        var card = model.plan().card(job);
        var picture = model.picture(job);
        if (card.isPresent() && picture.isPresent()) {
            camera = picture.get().farm(Camera.fitting(picture.get().ground(), room, NATURAL), card.get());
        } else {
            card.ifPresent(spot -> camera = Camera.fitting(spot, room, Double.MAX_VALUE));
        }
    }

    /// A box so large that its tasks are seen; a box of one task in the middle.
    void fitBox(TaskId job, int box) {
        inner(job, (picture, card) -> {
            var spot = picture.spots().get(box);
            double most = picture.inside(box).size() > 1 ? Double.MAX_VALUE : 2;
            var fitting = Camera.fitting(spot, room, most);
            // In a low panel a box is larger than it: only so are its tasks seen.
            double larger = Math.max(1, picture.inside(box).size() > 1 ? levels.box() / fitting.scale() : 1);
            return fitting.zoomed(larger, room.middleX(), room.middleY());
        });
    }

    /// Brings a task into the middle, no smaller than its name can be read.
    void centre(TaskId job, TaskId task) {
        inner(job, (picture, card) -> {
            var spot = picture.box(task).map(picture.spots()::get).orElse(picture.ground());
            double scale = Math.max(picture.camera(camera, card).scale(), NATURAL);
            double enough = Math.min(scale, Math.max(NATURAL, room.width() / spot.width()));
            return new Camera(
                    enough, room.middleX() - spot.middleX() * enough, room.middleY() - spot.middleY() * enough);
        });
    }

    /// Brings the card of a job into the middle.
    void centreCard(TaskId job) {
        model.plan().card(job).ifPresent(card -> {
            double scale = Math.max(camera.scale(), NATURAL);
            camera =
                    new Camera(scale, room.middleX() - card.middleX() * scale, room.middleY() - card.middleY() * scale);
        });
    }

    /// Brings a place of the seen ground, that of the job or that of the farm, into the middle.
    void centreAt(double groundX, double groundY) {
        var seen = ground();
        camera = camera.panned(room.middleX() - seen.viewX(groundX), room.middleY() - seen.viewY(groundY));
    }

    /// The camera of the ground that fills the view: that of the job, or that of the farm.
    Camera ground() {
        return level().flatMap(job ->
                        model.picture(job).flatMap(p -> model.plan().card(job).map(card -> p.camera(camera, card))))
                .orElse(camera);
    }

    /// A job has another shape now: what was at a place of the view stays there.
    void keep(TaskId job, JobPicture before, TaskId anchor) {
        inner(job, (picture, card) -> {
            var was = before.camera(camera, card);
            var old = before.box(anchor).map(before.spots()::get);
            var now = picture.box(anchor).map(picture.spots()::get);
            double dx = old.isEmpty() || now.isEmpty()
                    ? 0
                    : old.get().x() - now.get().x();
            double dy = old.isEmpty() || now.isEmpty()
                    ? 0
                    : old.get().y() - now.get().y();
            return was.panned(dx * was.scale(), dy * was.scale());
        });
    }

    private interface Wish {
        Camera of(JobPicture picture, Spot card);
    }

    private void inner(TaskId job, Wish wish) {
        var card = model.plan().card(job);
        model.picture(job)
                .ifPresent(picture -> card.ifPresent(spot -> camera = picture.farm(wish.of(picture, spot), spot)));
    }

    /// The job that fills the view; nothing when the farm is seen.
    Optional<TaskId> level() {
        return camera.scale() < levels.card()
                ? Optional.empty()
                : jobAt(room.middleX(), room.middleY()).or(this::widest);
    }

    private Optional<TaskId> widest() {
        return model.focus()
                .get()
                .filter(job -> model.plan()
                        .card(job)
                        .map(camera::view)
                        .filter(this::inRoom)
                        .isPresent());
    }

    /// The jobs whose insides are seen.
    Set<TaskId> open() {
        var open = new HashSet<TaskId>();
        if (camera.scale() >= levels.card()) {
            for (var job : model.plan().in(camera.ground(room))) {
                model.plan().card(job).map(camera::view).filter(this::inRoom).ifPresent(card -> open.add(job));
            }
        }
        return open;
    }

    private boolean inRoom(Spot card) {
        return card.x() < room.x() + room.width()
                && card.y() < room.y() + room.height()
                && card.x() + card.width() > room.x()
                && card.y() + card.height() > room.y();
    }

    private Optional<TaskId> jobAt(double x, double y) {
        return model.plan().at(camera.groundX(x), camera.groundY(y));
    }

    /// What is at a place of the view.
    Optional<Hit> hit(double x, double y) {
        return jobAt(x, y).map(job -> {
            var picture = model.picture(job);
            if (picture.isEmpty() || camera.scale() < levels.card()) {
                return new Hit(job, Optional.empty(), job);
            }
            return hit(job, picture.get(), x, y);
        });
    }

    private Hit hit(TaskId job, JobPicture picture, double x, double y) {
        var inner = picture.camera(camera, model.plan().card(job).orElseThrow());
        double groundX = inner.groundX(x);
        double groundY = inner.groundY(y);
        var box = picture.boxAt(groundX, groundY);
        if (box.isEmpty()) {
            return new Hit(job, box, job);
        }
        var spot = picture.spots().get(box.get());
        var inside = picture.inside(box.get());
        if (BoxPainter.opens(picture, box.get(), inner, levels)) {
            var cell = TaskGrid.of(spot, inside.size()).at(groundX, groundY);
            if (cell.isPresent()) {
                return new Hit(job, box, inside.rows().get(cell.getAsInt()).id());
            }
        }
        return new Hit(job, box, picture.box(box.get()).group());
    }

    /// Where a task's box, or a job's card, is in the view.
    Optional<Spot> spot(TaskId job, TaskId task) {
        var card = model.plan().card(job);
        var inner = model.picture(job)
                .flatMap(picture -> picture.box(task)
                        .flatMap(box -> card.map(at ->
                                picture.camera(camera, at).view(picture.spots().get(box)))));
        return inner.or(() -> card.map(camera::view));
    }

    /// Something under the pointer.
    ///
    /// @param box its box in the job's graph; nothing for the job's card itself
    /// @param task what is selected by a click
    record Hit(TaskId job, Optional<Integer> box, TaskId task) {}
}
