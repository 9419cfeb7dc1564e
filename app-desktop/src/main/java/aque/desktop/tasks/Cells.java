package aque.desktop.tasks;

import aque.desktop.control.Strip;
import aque.desktop.feed.Row;
import aque.desktop.theme.Icons;
import aque.desktop.theme.Palette;
import aque.desktop.theme.Palette.Ink;
import aque.desktop.theme.Style;
import aque.desktop.theme.Texts;
import aque.desktop.theme.Tone;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import javafx.css.PseudoClass;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.TableCell;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/// The cells of the tree. Each paints its row anew when the row says that it changed; the row stays the same object.
abstract class Cells extends TableCell<Line, Row> {

    @Override
    protected boolean isItemChanged(Row was, Row is) {
        return true;
    }

    @Override
    protected void updateItem(@Nullable Row row, boolean empty) {
        super.updateItem(row, empty);
        if (empty || row == null) {
            clear();
        } else {
            show(row);
        }
    }

    abstract void show(Row row);

    void clear() {
        setText(null);
        setGraphic(null);
    }

    /// Arrow, glyph of the state and name; the title of a heading.
    static final class Name extends Cells {
        private static final PseudoClass JOB = PseudoClass.getPseudoClass("job");
        private static final PseudoClass UNFOLDED = PseudoClass.getPseudoClass("unfolded");
        private static final double INDENT = 14;
        private static final double ARROW = 20;
        private final StackPane arrow = new StackPane(new Region());
        private final HBox before = new HBox(arrow);
        private @Nullable Tone shown;

        Name() {
            getStyleClass().add(Style.NAME_CELL);
            arrow.getStyleClass().add(Style.DISCLOSURE);
            arrow.getChildren().getFirst().getStyleClass().add("arrow");
            arrow.setMinWidth(ARROW);
            arrow.setPrefWidth(ARROW);
            before.setAlignment(Pos.CENTER_LEFT);
        }

        @Override
        void show(Row row) {
            setText(row.view().name());
            pseudoClassStateChanged(JOB, row.view().isJob());
            int depth = getTableRow().getItem() instanceof Line.Item(var item, var below) ? below : 0;
            before.setPadding(new Insets(0, 0, 0, depth * INDENT));
            arrow.setVisible(row.isContainer());
            arrow.pseudoClassStateChanged(
                    UNFOLDED, getTableView().getItems() instanceof Outline o && o.isUnfolded(row));
            var tone = row.tone();
            if (tone != shown || before.getChildren().size() < 2) {
                shown = tone;
                before.getChildren().setAll(arrow, Icons.glyph(tone, 13));
            }
            if (getGraphic() != before) {
                setGraphic(before);
            }
        }

        @Override
        void clear() {
            super.clear();
            pseudoClassStateChanged(JOB, false);
            if (getTableRow() != null && getTableRow().getItem() instanceof Line.Heading(var title, var jobs)) {
                setText(Texts.of("tree.heading", title, jobs));
            }
        }
    }

    /// The tasks below it as a strip, or the progress of one task as a bar.
    static final class Tasks extends Cells {
        private static final double HEIGHT = 11;
        private static final Set<Tone> MOVING = EnumSet.of(Tone.RUNNING, Tone.STOPPING, Tone.SUSPENDED);
        private final Palette palette;
        private final Canvas canvas = new Canvas(1, HEIGHT);

        Tasks(Palette palette) {
            this.palette = palette;
            widthProperty().addListener((o, was, is) -> {
                if (getItem() != null && !isEmpty()) {
                    show(getItem());
                }
            });
        }

        @Override
        void show(Row row) {
            canvas.setWidth(Math.max(1, getWidth() - 16));
            var g = canvas.getGraphicsContext2D();
            g.clearRect(0, 0, canvas.getWidth(), HEIGHT);
            setGraphic(canvas);
            if (row.view().isJob() && row.isContainer()) {
                Strip.of(row.tally()).paint(g, palette, 0, 0, canvas.getWidth(), HEIGHT);
            } else if (row.isContainer()) {
                Strip.of(row.leaves()).paint(g, palette, 0, 0, canvas.getWidth(), HEIGHT);
            } else if (MOVING.contains(row.tone())) {
                bar(row);
            } else if (row.view().isJob()
                    || row.parent().filter(p -> p.view().isJob()).isPresent()) {
                // One task where others have many: the column reads alike from top to foot.
                g.setGlobalAlpha(Tone.PENDING.compareTo(row.tone()) >= 0 && row.tone() != Tone.SUCCESS ? 0.55 : 1);
                line(g, row.tone(), 100);
                g.setGlobalAlpha(1);
            }
        }

        private void bar(Row row) {
            double progress = row.view().progress();
            var g = canvas.getGraphicsContext2D();
            if (progress < 0) {
                // It does not say how far it is: an empty groove would read as nothing done yet.
                g.setGlobalAlpha(0.35);
                line(g, row.tone(), 100);
                g.setGlobalAlpha(1);
                return;
            }
            g.setFill(palette.of(Ink.BORDER));
            g.fillRoundRect(0, HEIGHT / 2 - 2, canvas.getWidth(), 4, 4, 4);
            line(g, row.tone(), progress);
        }

        private void line(GraphicsContext g, Tone tone, double percent) {
            g.setFill(palette.of(tone));
            g.fillRoundRect(0, HEIGHT / 2 - 2, canvas.getWidth() * percent / 100, 4, 4, 4);
        }
    }

    /// A text made from the row.
    static final class Words extends Cells {
        private final Function<Row, String> words;

        Words(Function<Row, String> words, String... styles) {
            this.words = words;
            getStyleClass().addAll(styles);
        }

        @Override
        void show(Row row) {
            setText(words.apply(row));
        }
    }

    /// What else there is to say; in the tone of errors where some of what is inside has failed while the rest goes on.
    static final class Note extends Cells {
        private static final PseudoClass BAD = PseudoClass.getPseudoClass("bad");

        Note() {
            getStyleClass().add(Style.MUTED);
        }

        @Override
        void show(Row row) {
            setText(aque.desktop.tasks.Words.note(row));
            pseudoClassStateChanged(BAD, row.isGroup() && row.tally().of(Tone.ERROR) > 0);
        }
    }

    /// The state in words, in its colour where it needs a person.
    static final class State extends Cells {
        private @Nullable Tone shown;

        State() {
            getStyleClass().add(Style.STATE_CELL);
        }

        @Override
        void show(Row row) {
            setText(aque.desktop.tasks.Words.state(row));
            var tone = row.tone();
            if (tone != shown) {
                if (shown != null) {
                    getStyleClass().remove(Style.tone(shown));
                }
                getStyleClass().add(Style.tone(tone));
                shown = tone;
            }
        }
    }
}
