package aque.desktop.log;

import java.util.ArrayList;
import java.util.List;

/// A run of lines between where the pointer went down and where it is. FX thread, no toolkit.
final class LineSelection {
    private final List<Runnable> listeners = new ArrayList<>();
    private int anchor = -1;
    private int end = -1;

    boolean isEmpty() {
        return anchor < 0;
    }

    boolean contains(int line) {
        return !isEmpty() && line >= first() && line <= last();
    }

    int first() {
        return Math.min(anchor, end);
    }

    int last() {
        return Math.max(anchor, end);
    }

    void begin(int line) {
        anchor = line;
        end = line;
        tell();
    }

    void extend(int line) {
        end = line;
        if (anchor < 0) {
            anchor = line;
        }
        tell();
    }

    void clear() {
        if (!isEmpty()) {
            anchor = -1;
            end = -1;
            tell();
        }
    }

    void listen(Runnable listener) {
        listeners.add(listener);
    }

    private void tell() {
        listeners.forEach(Runnable::run);
    }
}
