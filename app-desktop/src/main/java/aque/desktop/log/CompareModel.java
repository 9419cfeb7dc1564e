package aque.desktop.log;

import aque.desktop.feed.Background;
import aque.desktop.feed.Farm;
import aque.log.Ansi;
import aque.log.LogId;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// Two attempts of one task to be compared: the last lines of both. FX thread, no toolkit.
final class CompareModel {
    /// Lines of each that are compared.
    static final int MOST = 4000;

    private static final int BYTES = 2 << 20;

    private final Farm farm;
    private final Background background;
    private final ReadOnlyObjectWrapper<Optional<Compared>> shown = new ReadOnlyObjectWrapper<>(Optional.empty());
    private long asked;

    /// What was compared.
    record Compared(LogId left, LogId right, Comparison comparison) {}

    CompareModel(Farm farm, Background background) {
        this.farm = farm;
        this.background = background;
    }

    // Properties

    ReadOnlyObjectProperty<Optional<Compared>> shown() {
        return shown.getReadOnlyProperty();
    }

    // Commands

    void compare(LogId left, LogId right) {
        long mine = ++asked;
        background.run("compare", () -> Comparison.of(lines(left), lines(right)), found -> {
            if (mine == asked) {
                shown.set(Optional.of(new Compared(left, right, found)));
            }
        });
    }

    void forget() {
        asked++;
        shown.set(Optional.empty());
    }

    private List<String> lines(LogId log) {
        var window = new LogWindow();
        window.show(farm.logs().tail(log.task(), log.attempt(), BYTES).pieces(), 0);
        var lines = window.lines().stream()
                .map(line -> Ansi.plain(line.raw()))
                .filter(text -> !text.isBlank())
                .toList();
        return lines.subList(Math.max(0, lines.size() - MOST), lines.size());
    }
}
