package aque.desktop.log;

import java.util.ArrayList;
import java.util.List;
import javafx.collections.ModifiableObservableListBase;

/// The last lines of a log, never more than a fixed number. A batch is one change. FX thread.
final class LogLines extends ModifiableObservableListBase<LogLine> {
    /// Lines kept; some 10 MB of text.
    static final int MOST = 50_000;

    private final List<LogLine> lines = new ArrayList<>();
    private int first;
    private int unfinished;

    /// Adds whole lines; `tail` stands behind them until the next call.
    void append(List<LogLine> whole, List<LogLine> tail) {
        beginChange();
        for (; unfinished > 0; unfinished--) {
            remove(size() - 1);
        }
        addAll(whole.size() > MOST ? whole.subList(whole.size() - MOST, whole.size()) : whole);
        addAll(tail);
        unfinished = tail.size();
        while (size() > MOST) {
            remove(0);
        }
        endChange();
    }

    @Override
    public void clear() {
        unfinished = 0;
        super.clear();
    }

    @Override
    public LogLine get(int index) {
        return lines.get(first + index);
    }

    @Override
    public int size() {
        return lines.size() - first;
    }

    @Override
    protected void doAdd(int index, LogLine line) {
        lines.add(first + index, line);
    }

    @Override
    protected LogLine doSet(int index, LogLine line) {
        return lines.set(first + index, line);
    }

    /// Taking the first line only moves a mark: the list is closed up when half of it is gone.
    @Override
    protected LogLine doRemove(int index) {
        if (index > 0) {
            return lines.remove(first + index);
        }
        var gone = lines.get(first++);
        if (first > lines.size() / 2) {
            lines.subList(0, first).clear();
            first = 0;
        }
        return gone;
    }
}
