package aque.desktop.usage;

import aque.desktop.feed.Background;
import aque.desktop.feed.Farm;
import aque.farm.FarmSample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;

/// How busy the farm is and was, read every ten seconds while somebody looks. FX thread, no toolkit; `look` is
/// written there and read by the thread that asks.
public final class LoadModel {
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final int POINTS = 600;

    private final Farm farm;
    private final Background background;
    private final ObjectProperty<Span> span = new SimpleObjectProperty<>(Span.HOUR);
    private final ReadOnlyObjectWrapper<Load> load =
            new ReadOnlyObjectWrapper<>(new Load(Instant.EPOCH, Instant.EPOCH, List.of()));
    private volatile boolean watched;
    private volatile Span look = Span.HOUR;

    /// How far back.
    enum Span {
        HOUR(Duration.ofHours(1)),
        SHIFT(Duration.ofHours(8)),
        DAY(Duration.ofDays(1)),
        WEEK(Duration.ofDays(7));

        private final Duration length;

        Span(Duration length) {
            this.length = length;
        }
    }

    /// What was from one time to another.
    record Load(Instant from, Instant to, List<FarmSample> samples) {}

    public LoadModel(Farm farm, Background background) {
        this.farm = farm;
        this.background = background;
        span.addListener((o, was, is) -> {
            look = is;
            ask();
        });
        background.every("load", PAUSE, () -> {
            if (watched) {
                var now = read();
                background.later(() -> load.set(now));
            }
        });
    }

    // Properties

    ObjectProperty<Span> span() {
        return span;
    }

    ReadOnlyObjectProperty<Load> load() {
        return load.getReadOnlyProperty();
    }

    // Commands

    /// Is anybody looking?
    void watched(boolean is) {
        boolean was = watched;
        watched = is;
        if (is && !was) {
            ask();
        }
    }

    private void ask() {
        background.run("load", this::read, load::set);
    }

    private Load read() {
        var to = Instant.now();
        var length = look.length;
        var from = to.minus(length);
        return new Load(from, to, farm.store().history(from, length.dividedBy(POINTS)));
    }
}
