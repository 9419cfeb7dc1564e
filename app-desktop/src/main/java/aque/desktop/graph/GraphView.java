package aque.desktop.graph;

import aque.desktop.action.ActionMenu;
import aque.desktop.feed.Selection;
import aque.desktop.layout.GraphLayout.Spot;
import aque.desktop.theme.Palette;
import aque.desktop.theme.Style;
import aque.desktop.theme.Texts;
import aque.task.TaskId;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import javafx.geometry.Point2D;
import javafx.scene.canvas.Canvas;
import javafx.scene.layout.Region;

/// The one graph of the farm on a canvas: jobs as cards, inside them their steps, inside those their tasks, by zooming.
/// Drag moves it, the wheel zooms at the pointer, a double click goes in; the bar above leads back out. Painted at most
/// once a pulse. FX thread.
public final class GraphView extends Region {
    private final GraphModel model;
    private final Selection selection;
    private final Sight sight;
    private final Inks inks;
    private final FarmPainter painter;
    private final Band band;
    private final Raster raster = new Raster();
    private final Canvas canvas = new Canvas();
    private final GraphBar bar;
    private final Overview overview;
    private final GraphFind find;
    private final GraphExport export;
    private Optional<TaskId> toFit = Optional.empty();
    private boolean moved;
    private boolean ownChoice;
    private boolean dirty = true;

    /// @param onWire hears of a line that somebody drew from one box to another
    public GraphView(
            GraphModel model,
            Selection selection,
            Palette palette,
            ActionMenu menu,
            BiConsumer<TaskId, TaskId> onWire) {
        this.model = model;
        this.selection = selection;
        this.sight = new Sight(model);
        this.inks = new Inks(palette);
        this.painter = new FarmPainter(model, selection, inks, new Lettering());
        this.band = new Band(inks);
        this.overview = new Overview(model, sight, inks, this::movedByHand);
        this.find = new GraphFind(model, this::repaint, this::goTo);
        this.export = new GraphExport(model, inks);
        this.bar = new GraphBar(this, model, find, export);
        getStyleClass().add(Style.GRAPH);
        setAccessibleText(Texts.of("graph.accessible"));
        setFocusTraversable(true);
        getChildren().addAll(canvas, overview, bar);
        listen(palette);
        new GraphHands(this, model, selection, menu, onWire).install();
        model.focus().get().ifPresent(this::chosen);
    }

    private void listen(Palette palette) {
        model.listen(this::shown);
        model.focus().addListener((o, was, is) -> is.ifPresent(this::chosen));
        model.changes().addListener((o, was, is) -> repaint());
        model.critical().addListener((o, was, is) -> repaint());
        selection.listen(this::repaint);
        palette.onChange(() -> {
            overview.forget();
            repaint();
        });
        widthProperty().addListener((o, was, is) -> resized());
        heightProperty().addListener((o, was, is) -> resized());
    }

    /// Brings the whole job, or the whole farm where that is what is seen, into view; never larger than life.
    public void fit() {
        sight.level().or(model.focus()::get).ifPresentOrElse(this::showJob, this::showFarm);
    }

    /// The whole farm: a card for each job.
    public void showFarm() {
        toFit = Optional.empty();
        sight.fitFarm();
        movedByHand();
    }

    /// One job with its steps.
    public void showJob(TaskId job) {
        toFit = Optional.of(job);
        moved = false;
        sight.fitJob(job);
        lookAround();
    }

    /// Shows every task of the job in view as a box of its own, or folds them again.
    public void unfoldAll() {
        sight.level().ifPresent(job -> {
            toFit = Optional.of(job);
            model.unfold(
                    job, model.unfold(job).all() ? aque.desktop.layout.Unfold.NOTHING : aque.desktop.layout.Unfold.ALL);
        });
    }

    /// Shows each task of the chosen step as a box of its own, or folds them again.
    public void unfoldChosen() {
        sight.level()
                .ifPresent(job -> group(job).ifPresent(group -> {
                    toFit = Optional.of(job);
                    model.unfold(job, model.unfold(job).toggled(group));
                }));
    }

    /// Brings what is chosen into the middle.
    public void centre() {
        selection.lead().get().ifPresent(this::goTo);
    }

    /// Gives the keyboard to the field that finds jobs, steps and tasks by their names.
    public void focusFind() {
        bar.focusFind();
    }

    /// Writes all of the graph in view as SVG, in the background.
    public void saveSvg(Path file) {
        export.write(this, sight.level(), GraphExport.Kind.SVG, file);
    }

    /// Writes all of the graph in view as PNG, in the background.
    public void savePng(Path file) {
        export.write(this, sight.level(), GraphExport.Kind.PNG, file);
    }

    /// The middle of a task's box, or of a job's card, in this view now: of a job that the one in view hangs together
    /// with, its box there. Nothing for a task whose job was not laid out yet.
    public Optional<Point2D> spot(TaskId task) {
        var inView = sight.level()
                .filter(job -> model.picture(job).flatMap(p -> p.box(task)).isPresent());
        var own = model.farm()
                .row(task)
                .filter(row ->
                        row.view().isJob() || model.picture(row.view().job()).isPresent())
                .map(row -> row.view().job());
        return inView.or(() -> own)
                .flatMap(job -> sight.spot(job, task))
                .map(spot -> new Point2D(spot.middleX(), spot.middleY()));
    }

    /// Moves what is seen by so many pixels.
    public void pan(double dx, double dy) {
        sight.pan(dx, dy);
        movedByHand();
    }

    /// Zooms at a place of the view.
    public void zoom(double factor, double x, double y) {
        sight.zoom(factor, x, y);
        movedByHand();
    }

    /// How many boxes the job in view has; 0 before it was laid out.
    public int boxes() {
        return sight.level()
                .flatMap(model::picture)
                .map(picture -> picture.spots().size())
                .orElse(0);
    }

    FarmPainter painter() {
        return painter;
    }

    /// Lays something over the picture.
    void add(javafx.scene.Node node) {
        getChildren().add(node);
    }

    /// Says what was done, in the bar.
    void said(String sentence) {
        bar.say(sentence);
    }

    /// Makes sure that a box which was chosen by keys is in view.
    void revealed(TaskId id) {
        var room = sight.room();
        var at = spot(id).filter(p -> !(p.getX() > room.x()
                && p.getY() > room.y()
                && p.getX() < room.x() + room.width()
                && p.getY() < room.y() + room.height()));
        at.ifPresent(p -> pan(room.middleX() - p.getX(), room.middleY() - p.getY()));
    }

    Sight sight() {
        return sight;
    }

    GraphFind find() {
        return find;
    }

    /// Selects from within the graph: the camera stays where it is.
    void choose(Runnable choice) {
        ownChoice = true;
        try {
            choice.run();
        } finally {
            ownChoice = false;
        }
    }

    /// Goes to a job, a step or a task, wherever it is.
    void goTo(TaskId id) {
        model.farm().row(id).ifPresent(row -> {
            var job = row.view().job();
            if (row.view().isJob()) {
                sight.centreCard(job);
            } else {
                sight.centre(job, id);
            }
            movedByHand();
        });
    }

    /// Shows one box of a job as large as fits.
    void showBox(TaskId job, int box) {
        sight.fitBox(job, box);
        movedByHand();
    }

    void movedByHand() {
        moved = true;
        toFit = Optional.empty();
        lookAround();
    }

    void repaint() {
        dirty = true;
        requestLayout();
    }

    /// The chosen step of the job in view, when its tasks belong into the band.
    Optional<Band.Shown> banded() {
        return sight.level()
                .flatMap(job -> model.picture(job)
                        .flatMap(picture -> selection
                                .lead()
                                .get()
                                .flatMap(picture::box)
                                .filter(box -> picture.inside(box).size() > 1)
                                .map(box -> new Band.Shown(picture.box(box).title(), picture.inside(box)))));
    }

    double bandTop() {
        return getHeight() - Band.HEIGHT;
    }

    private Optional<TaskId> group(TaskId job) {
        return model.picture(job)
                .flatMap(picture -> selection
                        .lead()
                        .get()
                        .flatMap(task -> picture.box(task)
                                .map(picture::box)
                                .flatMap(box -> model.farm().row(box.group()))
                                .map(row -> row.isGroup() || row.parent().isEmpty()
                                        ? row.id()
                                        : row.parent().get().id())));
    }

    private void lookAround() {
        var open = sight.open();
        if (open.size() <= 16) {
            model.look(open);
        } else {
            model.look(Set.of());
        }
        repaint();
    }

    private void chosen(TaskId job) {
        if (!ownChoice) {
            showJob(job);
        }
    }

    private void shown(TaskId job, Optional<JobPicture> before) {
        if (toFit.filter(job::equals).isPresent()) {
            sight.fitJob(job);
            lookAround();
        } else if (before.isPresent()) {
            sight.keep(job, before.get(), selection.lead().get().orElse(job));
        }
        repaint();
    }

    private void resized() {
        sight.room(new Spot(
                20,
                GraphBar.HEIGHT + 6,
                Math.max(40, getWidth() - 40),
                Math.max(40, getHeight() - GraphBar.HEIGHT - Band.HEIGHT - 12)));
        if (!moved) {
            model.focus().get().ifPresentOrElse(sight::fitJob, sight::fitFarm);
            lookAround();
        }
        repaint();
    }

    @Override
    protected void layoutChildren() {
        canvas.setWidth(getWidth());
        canvas.setHeight(getHeight());
        bar.resizeRelocate(0, 0, getWidth(), GraphBar.HEIGHT);
        overview.resizeRelocate(
                getWidth() - Overview.WIDTH - 12, bandTop() - Overview.HEIGHT - 4, Overview.WIDTH, Overview.HEIGHT);
        if (dirty) {
            dirty = false;
            paint();
        }
    }

    private void paint() {
        double density = getScene() == null || getScene().getWindow() == null
                ? 1
                : getScene().getWindow().getOutputScaleX();
        var g = canvas.getGraphicsContext2D();
        g.clearRect(0, 0, getWidth(), getHeight());
        raster.begin(getWidth(), getHeight(), density);
        var view = new Spot(0, GraphBar.HEIGHT, getWidth(), getHeight() - GraphBar.HEIGHT);
        painter.paint(new Pen(g, raster, view, sight.levels()), sight.camera(), find.found());
        banded().ifPresent(shown ->
                band.paint(g, shown, selection.lead().get(), selection::contains, getWidth(), bandTop()));
        overview.show(density);
        bar.show(sight.level());
    }
}
