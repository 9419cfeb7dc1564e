package aque.desktop.workers;

import aque.farm.WorkerView;
import java.time.Duration;
import java.time.Instant;
import javafx.beans.value.ObservableValueBase;

/// A worker on the screen: one object for its whole life, changed in place. FX thread.
final class WorkerRow extends ObservableValueBase<WorkerRow> {
    private WorkerView view;
    private Instant read = Instant.now();

    WorkerRow(WorkerView view) {
        this.view = view;
    }

    @Override
    public WorkerRow getValue() {
        return this;
    }

    WorkerView view() {
        return view;
    }

    /// How long nothing was heard of it, by now.
    Duration silent() {
        return view.silent().plus(Duration.between(read, Instant.now()));
    }

    void set(WorkerView now) {
        view = now;
        read = Instant.now();
        touch();
    }

    /// Tells the cells that show it.
    void touch() {
        fireValueChangedEvent();
    }
}
