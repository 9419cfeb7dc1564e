package aque.desktop.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.application.Platform;

/// Brings things from any thread to the FX thread, in order: the first at once, and whatever comes until then with it,
/// in one turn. The only caller of `Platform.runLater`, so nothing else can flood the FX thread.
public final class FxBatch<T> {
    private final Consumer<List<T>> turn;
    private List<T> waiting = new ArrayList<>();

    /// `turn` gets what was offered, on the FX thread.
    public FxBatch(Consumer<List<T>> turn) {
        this.turn = turn;
    }

    /// Any thread; returns at once.
    public void offer(T thing) {
        if (first(thing)) {
            Platform.runLater(() -> turn.accept(take()));
        }
    }

    private synchronized boolean first(T thing) {
        waiting.add(thing);
        return waiting.size() == 1;
    }

    private synchronized List<T> take() {
        var taken = waiting;
        waiting = new ArrayList<>();
        return taken;
    }
}
