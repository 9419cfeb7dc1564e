package aque.desktop.workers;

import aque.desktop.theme.Icons;
import aque.desktop.theme.Style;
import aque.desktop.theme.Tone;
import aque.farm.WorkerView;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TableCell;
import javafx.scene.layout.HBox;
import org.jspecify.annotations.Nullable;

/// The cells of the workers' table. FX thread.
final class WorkerCells {
    private static final int LATE_SECONDS = 12;
    private static final PseudoClass LATE = PseudoClass.getPseudoClass("late");

    private WorkerCells() {}

    /// How a worker is shown.
    static Tone tone(WorkerView worker) {
        return switch (worker.state()) {
            case "lost" -> Tone.ERROR;
            case "draining" -> Tone.HELD;
            default -> worker.running() > 0 ? Tone.RUNNING : Tone.PENDING;
        };
    }

    /// Some words.
    static class Words extends TableCell<WorkerRow, WorkerRow> {
        private final Function<WorkerRow, String> words;

        Words(Function<WorkerRow, String> words) {
            this.words = words;
        }

        @Override
        protected void updateItem(@Nullable WorkerRow row, boolean empty) {
            super.updateItem(row, empty);
            setText(row == null || empty ? null : words.apply(row));
        }
    }

    /// How long it is silent; marked after two missed beats.
    static final class Age extends Words {
        Age(Function<WorkerRow, String> words) {
            super(words);
        }

        @Override
        protected void updateItem(@Nullable WorkerRow row, boolean empty) {
            super.updateItem(row, empty);
            pseudoClassStateChanged(LATE, row != null && !empty && row.silent().toSeconds() > LATE_SECONDS);
        }
    }

    /// Its name behind its glyph.
    static final class Name extends TableCell<WorkerRow, WorkerRow> {
        @Override
        protected void updateItem(@Nullable WorkerRow row, boolean empty) {
            super.updateItem(row, empty);
            setText(row == null || empty ? null : row.view().name());
            setGraphic(row == null || empty ? null : Icons.glyph(tone(row.view()), 13));
        }
    }

    /// A bar and its figures.
    static final class Bar extends TableCell<WorkerRow, WorkerRow> {
        private final ToDoubleFunction<WorkerView> part;
        private final Function<WorkerView, String> words;
        private final ProgressBar bar = new ProgressBar(0);
        private final Label label = new Label();
        private final HBox both = new HBox(8, bar, label);

        Bar(ToDoubleFunction<WorkerView> part, Function<WorkerView, String> words) {
            this.part = part;
            this.words = words;
            bar.setPrefWidth(48);
            bar.setMinWidth(24);
            label.getStyleClass().add(Style.MUTED);
            both.setAlignment(Pos.CENTER_LEFT);
        }

        @Override
        protected void updateItem(@Nullable WorkerRow row, boolean empty) {
            super.updateItem(row, empty);
            if (row == null || empty) {
                setGraphic(null);
                return;
            }
            bar.setProgress(part.applyAsDouble(row.view()));
            label.setText(words.apply(row.view()));
            setGraphic(both);
        }
    }
}
