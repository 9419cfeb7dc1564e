package aque.desktop.limits;

import aque.desktop.action.UndoModel;
import aque.desktop.feed.Background;
import aque.desktop.feed.Farm;
import aque.desktop.theme.Texts;
import aque.farm.FarmLimit;
import aque.farm.FarmShare;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// The farm's limits and shares as they are now: read again every two seconds while somebody looks, for what is in use
/// changes with every start. What is set can be taken back. FX thread, no toolkit; `watched` is written there and read
/// by the thread that asks.
public final class LimitsModel {
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final Farm farm;
    private final Background background;
    private final UndoModel undo;
    private final Consumer<String> tell;
    private final ReadOnlyObjectWrapper<Look> look = new ReadOnlyObjectWrapper<>(new Look(List.of(), List.of()));
    private volatile boolean watched;

    /// All of them, each by name.
    record Look(List<FarmLimit> limits, List<FarmShare> shares) {}

    /// @param tell gets a sentence on what was done
    public LimitsModel(Farm farm, Background background, UndoModel undo, Consumer<String> tell) {
        this.farm = farm;
        this.background = background;
        this.undo = undo;
        this.tell = tell;
        background.every("limits", PAUSE, () -> {
            if (watched) {
                var now = read();
                background.later(() -> look.set(now));
            }
        });
    }

    // Properties

    ReadOnlyObjectProperty<Look> look() {
        return look.getReadOnlyProperty();
    }

    // Commands

    /// Is anybody looking?
    void watched(boolean is) {
        watched = is;
        if (is) {
            refresh();
        }
    }

    void say(String sentence) {
        tell.accept(sentence);
    }

    /// Makes a limit, or changes the one of this name; a new one stays, for tasks may ask for it from now on.
    void set(FarmLimit wanted) {
        var before = look.get().limits().stream()
                .filter(limit -> limit.name().equals(wanted.name()))
                .findFirst();
        var done = Texts.of("limits.done.limit", wanted.name(), wanted.most());
        act(() -> write(wanted), done, wanted.name(), before.map(limit -> () -> write(limit)));
    }

    /// Makes a share, or changes the one of this name.
    void set(FarmShare wanted) {
        var before = share(wanted.name());
        act(
                () -> write(wanted),
                Texts.of("limits.done.share", wanted.name()),
                wanted.name(),
                Optional.of(() ->
                        before.ifPresentOrElse(this::write, () -> farm.broker().shareOff(wanted.name()))));
    }

    /// Takes a share away; without any left nobody is looked at.
    void takeAway(FarmShare share) {
        act(
                () -> farm.broker().shareOff(share.name()),
                Texts.of("limits.done.off", share.name()),
                share.name(),
                Optional.of(() -> write(share)));
    }

    private Optional<FarmShare> share(String name) {
        return look.get().shares().stream()
                .filter(share -> share.name().equals(name))
                .findFirst();
    }

    private void act(Runnable does, String sentence, String what, Optional<Runnable> back) {
        background.run(
                "limits",
                () -> {
                    does.run();
                    return read();
                },
                now -> {
                    look.set(now);
                    back.ifPresentOrElse(
                            way -> undo.changed(sentence, what, () -> {
                                way.run();
                                refresh();
                            }),
                            () -> tell.accept(sentence));
                });
    }

    private void write(FarmLimit limit) {
        farm.broker().limit(limit.name(), limit.most(), limit.perHost());
    }

    private void write(FarmShare share) {
        farm.broker().shareAnew(share.name(), share.weight(), share.mostCpuMilli(), share.topPriority());
    }

    private void refresh() {
        background.run("limits", this::read, look::set);
    }

    private Look read() {
        return new Look(farm.store().limits(), farm.store().shares());
    }
}
