package aque.desktop.action;

import aque.farm.StopRequest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// Something that was done just now and can be taken back, or of which it is not known yet whether it is so. FX thread.
public final class Undo {
    private final StopRequest request;
    private final String what;
    private final Optional<Runnable> back;
    private final StringProperty sentence = new SimpleStringProperty("");
    private final IntegerProperty left = new SimpleIntegerProperty();
    private final ObjectProperty<Phase> phase = new SimpleObjectProperty<>(Phase.DONE);
    private Instant until = Instant.MAX;
    private boolean asking;

    /// How far it is.
    public enum Phase {
        /// A kill or cancel that has not begun: can be taken back, or cut short.
        GRACE,
        /// Its signals are out; some of it lives.
        STOPPING,
        /// It is so, and can be taken back.
        STEERED,
        /// It is so.
        DONE
    }

    Undo(StopRequest request, String what) {
        this(request, what, Optional.empty());
    }

    /// @param back takes it back where the farm itself cannot; off the FX thread
    Undo(StopRequest request, String what, Optional<Runnable> back) {
        this.request = request;
        this.what = what;
        this.back = back;
    }

    /// What it is, for people.
    public ReadOnlyStringProperty sentence() {
        return sentence;
    }

    /// Seconds until it can no longer be taken back.
    public ReadOnlyIntegerProperty left() {
        return left;
    }

    public ReadOnlyObjectProperty<Phase> phase() {
        return phase;
    }

    /// The key of the button that cuts its grace.
    public String title() {
        return request.kill() ? "undo.kill.now" : "undo.cancel.now";
    }

    StopRequest request() {
        return request;
    }

    String what() {
        return what;
    }

    Optional<Runnable> back() {
        return back;
    }

    void become(Phase now, String words, Instant end) {
        until = end;
        sentence.set(words);
        phase.set(now);
    }

    void count(Instant now) {
        var seconds = Math.max(0, now.until(until, ChronoUnit.SECONDS) + 1);
        left.set(over(now) ? 0 : (int) Math.min(seconds, Integer.MAX_VALUE));
    }

    boolean over(Instant now) {
        return !until.isAfter(now);
    }

    /// True once; again when [#answered].
    boolean ask() {
        boolean first = !asking;
        asking = true;
        return first;
    }

    void answered() {
        asking = false;
    }
}
