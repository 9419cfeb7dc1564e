package aque.desktop.workers;

import aque.desktop.control.Meter;
import aque.desktop.theme.Icons;
import aque.desktop.theme.Tone;
import aque.farm.WorkerView;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import javafx.css.PseudoClass;
import javafx.scene.control.TableCell;
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
        private final Meter meter = new Meter();

        Bar(ToDoubleFunction<WorkerView> part, Function<WorkerView, String> words) {
            this.part = part;
            this.words = words;
        }

        @Override
        protected void updateItem(@Nullable WorkerRow row, boolean empty) {
            super.updateItem(row, empty);
            if (row == null || empty) {
                setGraphic(null);
                return;
            }
            meter.show(part.applyAsDouble(row.view()), words.apply(row.view()));
            setGraphic(meter);
        }
    }
}
