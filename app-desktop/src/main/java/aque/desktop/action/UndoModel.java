package aque.desktop.action;

import aque.broker.Broker.Undone;
import aque.desktop.action.Undo.Phase;
import aque.desktop.feed.Background;
import aque.desktop.feed.Farm;
import aque.desktop.theme.Texts;
import aque.farm.StopRequest;
import aque.task.TaskId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// What was done lately and can be taken back. A kill waits here for its grace, then for the death of all it meets: it
/// says "Killed" only when the farm confirms it. The farm keeps the requests themselves, so a console that was started
/// anew finds its own again. FX thread, no toolkit.
public final class UndoModel {
    private static final Duration STANDS = Duration.ofSeconds(10);
    private static final Duration READ = Duration.ofSeconds(5);

    private final Farm farm;
    private final Background background;
    private final Notices notices;
    private final Clock clock = Clock.systemUTC();
    private final ObservableList<Undo> shown = FXCollections.observableArrayList();
    // One for all: it hears of changes for as long as somebody holds it.
    private final ObservableList<Undo> shownToRead = FXCollections.unmodifiableObservableList(shown);
    private Instant asked = Instant.MIN;

    public UndoModel(Farm farm, Background background, Notices notices) {
        this.farm = farm;
        this.background = background;
        this.notices = notices;
    }

    // Properties

    /// The oldest first.
    public ObservableList<Undo> shown() {
        return shownToRead;
    }

    // Commands

    /// Finds requests of this person that another run of the console left.
    public void start() {
        background.run(
                "undo",
                () -> farm.store().stopRequests(),
                open -> open.stream()
                        .filter(request -> request.actor().equals(farm.user()))
                        .filter(request ->
                                shown.stream().noneMatch(u -> u.request().action() == request.action()))
                        .forEach(request -> stopping(request, "")));
    }

    /// Time passes: called some times a second by who shows it.
    public void tick() {
        var now = clock.instant();
        for (var undo : List.copyOf(shown)) {
            undo.count(now);
            switch (undo.phase().get()) {
                case GRACE -> {
                    if (undo.over(now)) {
                        carryOut(undo);
                    }
                }
                case STOPPING -> lookWhetherDead(undo, now);
                case STEERED, DONE -> {
                    if (undo.over(now)) {
                        shown.remove(undo);
                    }
                }
            }
        }
    }

    /// Takes it back.
    public void undo(Undo undo) {
        if (undo.back().isPresent()) {
            setBack(undo, undo.back().get());
            return;
        }
        background.run("undo", () -> farm.broker().undo(undo.request().action()), n -> {
            if (n > 0 || undo.phase().get() == Phase.STEERED) {
                say(undo, Texts.of("undo.undone", n, undo.what()));
            } else {
                say(undo, Texts.of("undo.late"));
            }
        });
    }

    /// Takes the last thing back that can be.
    public void undoLast() {
        var set = shown.stream()
                .filter(undo ->
                        undo.phase().get() == Phase.STEERED && undo.back().isPresent())
                .findFirst();
        if (set.isPresent()) {
            undo(set.get());
            return;
        }
        background.run("undo", () -> farm.broker().undoLast(), undone -> {
            notices.done(undone.map(UndoModel::sentence).orElseGet(() -> Texts.of("undo.nothing")));
            dropUndone();
        });
    }

    private void setBack(Undo undo, Runnable back) {
        background.run(
                "undo",
                () -> {
                    back.run();
                    return true;
                },
                done -> say(undo, Texts.of("undo.set.back", undo.what())));
    }

    /// Ends the grace now.
    public void now(Undo undo) {
        background.run("kill", () -> farm.broker().carryOut(undo.request().action()), done -> begin(undo));
    }

    /// A kill or cancel was asked for; `what` is what it met, for people.
    void stopping(StopRequest request, String what) {
        var undo = new Undo(request, what);
        if (request.left().isPositive()) {
            undo.become(Phase.GRACE, words(undo, "doing"), clock.instant().plus(request.left()));
            undo.count(clock.instant());
        } else {
            begin(undo);
        }
        shown.add(undo);
    }

    /// Something was done that can be taken back exactly.
    void steered(OptionalLong action, List<TaskId> ids, String sentence, String what) {
        action.ifPresent(id -> stands(new Undo(request(id, ids), what), sentence));
    }

    /// Something was set that is no matter of tasks, and can be set back.
    ///
    /// @param back sets it back; runs off the FX thread
    public void changed(String sentence, String what, Runnable back) {
        stands(new Undo(request(0, List.of()), what, Optional.of(back)), sentence);
    }

    private StopRequest request(long action, List<TaskId> ids) {
        return new StopRequest(action, false, ids, ids.size(), Duration.ZERO, farm.user());
    }

    private void stands(Undo undo, String sentence) {
        undo.become(Phase.STEERED, sentence, clock.instant().plus(STANDS));
        undo.count(clock.instant());
        // One hold after another: the last one has the button, Ctrl Z the others.
        shown.removeIf(each -> each.phase().get() == Phase.STEERED);
        shown.add(undo);
    }

    private void carryOut(Undo undo) {
        begin(undo);
        background.run(
                "kill",
                () -> {
                    farm.broker().carryOutDue();
                    return true;
                },
                done -> {});
    }

    private void begin(Undo undo) {
        undo.become(Phase.STOPPING, words(undo, "doing"), Instant.MAX);
    }

    private void lookWhetherDead(Undo undo, Instant now) {
        if (now.isBefore(asked.plusMillis(300)) || !undo.ask()) {
            return;
        }
        asked = now;
        var request = undo.request();
        background.run("deaths", () -> farm.actions().stopping(request), found -> {
            undo.answered();
            if (found.alive() == 0 && undo.phase().get() == Phase.STOPPING) {
                say(undo, ended(undo, found.ended()));
            }
        });
    }

    private void dropUndone() {
        background.run("undo", () -> farm.store().stopRequests(), open -> {
            var still = open.stream().map(StopRequest::action).toList();
            shown.removeIf(undo -> undo.phase().get() == Phase.STEERED
                    || undo.phase().get() == Phase.GRACE
                            && !still.contains(undo.request().action()));
        });
    }

    private void say(Undo undo, String sentence) {
        undo.become(Phase.DONE, sentence, clock.instant().plus(READ));
    }

    /// What a task did by itself in its grace was not killed.
    private static String ended(Undo undo, int ended) {
        int asked = undo.request().tasks();
        var verb = undo.request().kill() ? "kill" : "cancel";
        if (ended >= asked) {
            return words(undo, "done");
        }
        return Texts.of("undo." + verb + (ended == 0 ? ".none" : ".part"), ended, asked);
    }

    private static String words(Undo undo, String form) {
        var verb = undo.request().kill() ? "kill" : "cancel";
        int n = undo.request().tasks();
        return Optional.of(undo.what())
                .filter(what -> !what.isEmpty())
                .map(what -> Texts.of("action." + verb + "." + form, n, what))
                .orElseGet(() -> Texts.of("action." + verb + "." + form + ".some", n));
    }

    private static String sentence(Undone undone) {
        return Texts.of("undo.last", undone.verb().toLowerCase(Locale.ROOT), undone.tasks());
    }
}
