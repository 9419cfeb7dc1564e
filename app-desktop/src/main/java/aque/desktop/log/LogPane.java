package aque.desktop.log;

import aque.desktop.log.LogSelection.Caret;
import aque.desktop.theme.Palette;
import aque.desktop.theme.Palette.Ink;
import aque.log.LogHit;
import aque.log.LogPlace;
import aque.log.Trouble;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Orientation;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.control.ScrollBar;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.Region;

/// The lines of a log that are on the screen, painted; a scroll bar that means the whole log, of whatever size, with
/// a mark for each hit. Asks for more lines before it comes to the end of those in memory. FX thread.
final class LogPane extends Region {
    private static final double BAR = 12;
    private static final double WHEEL = 3 * LogPainter.ROW;
    /// Lines before the end of what is in memory at which more is asked for.
    private static final int AHEAD = 300;

    private final LogModel model;
    private final Palette palette;
    private final LogPainter painter;
    private final Canvas canvas = new Canvas();
    private final ScrollBar bar = new ScrollBar();
    private final ScrollBar sideways = new ScrollBar();
    private Optional<LogSelection> selection = Optional.empty();
    private LogShown shown = LogShown.NOTHING;
    private List<LogLine> lines = List.of();
    private int top;
    private double above;
    private int bottom;
    private int widest;
    private boolean telling;

    LogPane(LogModel model, Palette palette) {
        this.model = model;
        this.palette = palette;
        this.painter = new LogPainter(palette);
        setAccessibleRole(AccessibleRole.TEXT_AREA);
        setId("log-lines");
        setFocusTraversable(true);
        setMinSize(80, 60);
        bar.setOrientation(Orientation.VERTICAL);
        bar.setMax(1);
        bar.setFocusTraversable(false);
        sideways.setFocusTraversable(false);
        getChildren().addAll(canvas, bar, sideways);
        palette.onChange(this::paint);
        model.shown().addListener((o, was, is) -> show(is));
        model.following().addListener((o, was, is) -> requestLayout());
        model.wrapped().addListener((o, was, is) -> requestLayout());
        model.timed().addListener((o, was, is) -> requestLayout());
        model.search().current().addListener((o, was, is) -> paint());
        model.search().state().addListener((o, was, is) -> paint());
        bar.valueProperty().addListener((o, was, is) -> dragged(is.doubleValue()));
        sideways.valueProperty().addListener((o, was, is) -> paint());
        canvas.addEventHandler(ScrollEvent.SCROLL, this::scrolled);
        canvas.addEventHandler(MouseEvent.MOUSE_PRESSED, this::pressed);
        canvas.addEventHandler(MouseEvent.MOUSE_DRAGGED, this::drawn);
    }

    /// What is selected, as text; empty when nothing is.
    Optional<String> selected() {
        return selection.filter(s -> !s.isEmpty()).map(s -> s.text(lines));
    }

    /// Selects all lines that are in memory.
    void selectAll() {
        if (!lines.isEmpty()) {
            var last = lines.getLast();
            selection = Optional.of(new LogSelection(
                    new Caret(lines.getFirst().place(), 0),
                    new Caret(last.place(), last.text().length())));
            paint();
        }
    }

    /// Moves by rows; up leaves the end, down to the end follows it again.
    void moveRows(double rows) {
        if (rows < 0) {
            model.following().set(false);
        }
        move(rows * LogPainter.ROW);
        if (rows > 0 && shown.atEnd() && atEnd()) {
            model.following().set(true);
        }
        paint();
    }

    /// Rows that have room.
    double rowsInView() {
        return Math.max(1, Math.floor(viewHeight() / LogPainter.ROW) - 1);
    }

    /// Shows the first lines of the whole log.
    void toStart() {
        model.goTo(0);
        top = 0;
        above = 0;
        paint();
    }

    @Override
    protected void layoutChildren() {
        double below = sidewaysHeight();
        canvas.setWidth(Math.max(0, getWidth() - BAR));
        canvas.setHeight(Math.max(0, getHeight() - below));
        bar.resizeRelocate(getWidth() - BAR, 0, BAR, getHeight());
        sideways.setVisible(below > 0);
        sideways.resizeRelocate(0, getHeight() - BAR, Math.max(0, getWidth() - BAR), BAR);
        paint();
    }

    private double sidewaysHeight() {
        return model.wrapped().get() ? 0 : BAR;
    }

    private double viewHeight() {
        return Math.max(0, getHeight() - sidewaysHeight());
    }

    private LogPainter.Place place() {
        boolean timed = model.timed().get();
        int perRow = model.wrapped().get() ? painter.columns(canvas.getWidth(), timed) : Integer.MAX_VALUE;
        return new LogPainter.Place(
                canvas.getWidth(), timed, perRow, model.wrapped().get() ? 0 : sideways.getValue());
    }

    private void show(LogShown now) {
        boolean other = !now.log().equals(shown.log());
        var anchor = other || lines.isEmpty()
                ? Optional.<LogPlace>empty()
                : Optional.of(lineAt(top).place());
        shown = now;
        lines = now.lines();
        if (other) {
            selection = Optional.empty();
            widest = 0;
        }
        now.moveTo().ifPresentOrElse(this::centre, () -> anchor.ifPresent(p -> top = indexOf(p)));
        top = Math.clamp(top, 0, Math.max(0, lines.size() - 1));
        requestLayout();
        paint();
    }

    private LogLine lineAt(int index) {
        return lines.get(Math.clamp(index, 0, lines.size() - 1));
    }

    /// Puts a line at a third of the height, where what led to it is seen too.
    private void centre(LogPlace place) {
        top = indexOf(place);
        above = 0;
        move(-viewHeight() / 3);
    }

    /// The first line at or after a place.
    private int indexOf(LogPlace place) {
        int low = 0;
        int high = lines.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (lines.get(middle).place().compareTo(place) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return Math.min(low, Math.max(0, lines.size() - 1));
    }

    private double height(LogLine line) {
        return place().rows(line.text()).count() * LogPainter.ROW;
    }

    private void move(double pixels) {
        above += pixels;
        while (above < 0 && top > 0) {
            top--;
            above += height(lines.get(top));
        }
        above = Math.max(0, above);
        while (top < lines.size() - 1 && above >= height(lines.get(top))) {
            above -= height(lines.get(top));
            top++;
        }
        stayInside();
    }

    /// The last line stays at the foot, however far somebody scrolls.
    private void stayInside() {
        if (top > endTop() || (top == endTop() && above > endAbove)) {
            toEnd();
        }
    }

    private void toEnd() {
        top = endTop();
        above = endAbove;
    }

    private boolean atEnd() {
        int end = endTop();
        return top > end || (top == end && above >= endAbove - 1);
    }

    private double endAbove;

    /// The line at the top when the last one is at the foot; how much of it is out of sight is in `endAbove`.
    private int endTop() {
        double room = viewHeight();
        int at = lines.size();
        while (at > 0 && room > 0) {
            at--;
            room -= height(lines.get(at));
        }
        endAbove = Math.max(0, -room);
        return at;
    }

    private void paint() {
        if (model.following().get() && shown.atEnd()) {
            toEnd();
        }
        stayInside();
        var g = canvas.getGraphicsContext2D();
        painter.ground(g, canvas.getWidth(), canvas.getHeight());
        var place = place();
        var words = new StringBuilder();
        double y = -above;
        int at = top;
        while (at < lines.size() && y < canvas.getHeight()) {
            var line = lines.get(at);
            var text = line.text();
            var drawn = place.at(y, text);
            paint(drawn, line);
            words.append(text).append('\n');
            widest = Math.max(widest, text.length());
            y += drawn.height();
            at++;
        }
        bottom = at;
        setAccessibleText(words.toString());
        tellBars();
        askForMore();
    }

    private void paint(LogPainter.At at, LogLine line) {
        var g = canvas.getGraphicsContext2D();
        var trouble = Trouble.of(at.text());
        boolean chosen = model.isAt(line, model.search().current().get());
        if (chosen) {
            painter.behind(g, Ink.CHOSEN, at.y(), canvas.getWidth(), at.height());
        } else if (trouble == Trouble.ERROR) {
            painter.behind(g, Ink.TROUBLE, at.y(), canvas.getWidth(), at.height());
        }
        selection
                .filter(s -> s.touches(line))
                .ifPresent(s -> painter.behind(
                        g,
                        Ink.SELECTED,
                        at,
                        s.from(line),
                        Math.max(s.to(line, at.text().length()), s.isEmpty() ? 0 : s.from(line) + 1)));
        model.search().query().ifPresent(query -> painter.hits(g, at, query, chosen));
        painter.line(g, at, line, trouble);
    }

    private void tellBars() {
        telling = true;
        double total = Math.max(1, shown.total());
        double seen = lines.isEmpty() ? total : position(bottom - 1) - position(top);
        bar.setVisibleAmount(Math.clamp(seen / total, 0, 1));
        bar.setBlockIncrement(bar.getVisibleAmount());
        bar.setUnitIncrement(bar.getVisibleAmount() / 10);
        boolean foot = lines.isEmpty() || (shown.atEnd() && atEnd());
        if (!bar.isPressed()) {
            bar.setValue(foot ? 1 : Math.clamp(position(top) / Math.max(1, total - seen), 0, 1));
        }
        bar.setVisible(total > seen + 1 && !(foot && top == 0 && shown.atStart()));
        double width = widest * painter.unit() + painter.textLeft(model.timed().get()) - canvas.getWidth() + 24;
        sideways.setMax(Math.max(0, width));
        sideways.setVisibleAmount(Math.max(0, width) * 0.3);
        if (sideways.getValue() > sideways.getMax()) {
            sideways.setValue(sideways.getMax());
        }
        telling = false;
        marks();
    }

    private double position(int index) {
        return lines.isEmpty() ? 0 : lineAt(index).position();
    }

    /// Each hit of this log at its place beside the scroll bar.
    private void marks() {
        var g = canvas.getGraphicsContext2D();
        g.setFill(palette.of(Ink.HIT_CHOSEN));
        double last = -2;
        for (LogHit hit : model.search().hits()) {
            double y = Math.rint(hit.position() * canvas.getHeight() / Math.max(1.0, shown.total()));
            if (y >= last + 2 && shown.log().equals(Optional.of(hit.log()))) {
                g.fillRect(canvas.getWidth() - 4, y, 4, 2);
                last = y;
            }
        }
    }

    private void askForMore() {
        if (top < AHEAD && !shown.atStart()) {
            model.older();
        }
        if (lines.size() - bottom < AHEAD && !shown.atEnd()) {
            model.newer();
        }
    }

    private void dragged(double value) {
        if (telling || lines.isEmpty()) {
            return;
        }
        boolean foot = value >= 1;
        double target = value * (shown.total() - (position(bottom - 1) - position(top)));
        if (foot) {
            model.following().set(true);
        } else if (target >= position(0) && target <= position(lines.size() - 1)) {
            model.following().set(false);
            top = firstAfter(target);
            above = 0;
        } else {
            model.goTo((long) target);
        }
        paint();
    }

    private int firstAfter(double position) {
        int low = 0;
        int high = lines.size() - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (lines.get(middle).position() < position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void scrolled(ScrollEvent e) {
        if (e.isShiftDown() || Math.abs(e.getDeltaX()) > Math.abs(e.getDeltaY())) {
            double by = e.getDeltaX() == 0 ? e.getDeltaY() : e.getDeltaX();
            sideways.setValue(Math.clamp(sideways.getValue() - by, 0, sideways.getMax()));
        } else {
            double pixels = e.isDirect() || e.isInertia() ? e.getDeltaY() : e.getDeltaY() / 40 * WHEEL;
            moveRows(-pixels / LogPainter.ROW);
        }
        e.consume();
    }

    private void pressed(MouseEvent e) {
        requestFocus();
        if (e.getButton() != MouseButton.PRIMARY || lines.isEmpty()) {
            return;
        }
        var caret = caret(e.getX(), e.getY());
        if (e.isShiftDown() && selection.isPresent()) {
            selection = Optional.of(new LogSelection(selection.get().anchor(), caret));
        } else if (e.getClickCount() == 2) {
            selection = Optional.of(word(caret));
        } else if (e.getClickCount() == 3) {
            selection = Optional.of(
                    new LogSelection(new Caret(caret.line(), 0), new Caret(caret.line(), Integer.MAX_VALUE)));
        } else {
            selection = Optional.of(new LogSelection(caret, caret));
        }
        paint();
    }

    private void drawn(MouseEvent e) {
        if (e.isPrimaryButtonDown() && selection.isPresent() && !lines.isEmpty()) {
            if (e.getY() < 0) {
                moveRows(-2);
            } else if (e.getY() > canvas.getHeight()) {
                moveRows(2);
            }
            selection = Optional.of(new LogSelection(
                    selection.get().anchor(), caret(e.getX(), Math.clamp(e.getY(), 0, canvas.getHeight()))));
            paint();
        }
    }

    private Caret caret(double x, double y) {
        var place = place();
        double from = -above;
        int at = top;
        while (at < lines.size() - 1 && from + height(lines.get(at)) <= y) {
            from += height(lines.get(at));
            at++;
        }
        var text = lines.get(at).text();
        var rows = place.rows(text);
        int row = Math.clamp((int) ((y - from) / LogPainter.ROW), 0, rows.count() - 1);
        double inRow = Math.max(0, (x - painter.textLeft(place.timed()) + place.left()) / painter.unit());
        int column = (int) Math.min(Math.min(text.length(), rows.end(row)), rows.start(row) + Math.round(inRow));
        return new Caret(lines.get(at).place(), column);
    }

    private LogSelection word(Caret at) {
        var text = lineAt(indexOf(at.line())).text();
        int from = Math.min(at.column(), text.length());
        int to = from;
        while (from > 0 && isWord(text.charAt(from - 1))) {
            from--;
        }
        while (to < text.length() && isWord(text.charAt(to))) {
            to++;
        }
        return new LogSelection(new Caret(at.line(), from), new Caret(at.line(), to));
    }

    /// Paths and numbers are words here: they are what people copy from logs.
    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || "_-./\\~#%+@".indexOf(c) >= 0;
    }
}
