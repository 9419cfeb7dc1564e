package aque.worker;

import aque.local.UserFolders;
import aque.progress.Patterns;
import aque.schedule.Capabilities;
import aque.schedule.Fit;
import aque.schedule.Needs;
import aque.schedule.WorkerSetting;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a worker gives and takes now: as its own file and command line say, the farm's setting over that, and by its
/// hours and whether its machine's user is there. Changes are asked for by any thread, and made by the one that takes
/// tasks.
final class Outfit {
    private static final Logger log = LoggerFactory.getLogger(Outfit.class);
    private static final Path SITE = Path.of("/etc/aque");

    private final Users users = new Users();
    private volatile WorkerOptions own;
    private volatile WorkerOptions options;
    private volatile String setting = "";
    private volatile Attendance attendance;
    private volatile Capabilities machine;
    private volatile Patterns patterns = readPatterns();
    private Optional<WorkerOptions> asked = Optional.empty();

    Outfit(WorkerOptions own) {
        this.own = own;
        this.options = own;
        this.attendance = Attendance.of(own.habits());
        this.machine = capabilities(own);
    }

    /// How output is read: as shipped, with the site's and the user's own over it.
    private static Patterns readPatterns() {
        return Patterns.shipped()
                .with(SITE.resolve("patterns"))
                .with(UserFolders.ofEnvironment().data().resolve("patterns"));
    }

    private Capabilities capabilities(WorkerOptions of) {
        var attributes = new HashMap<>(of.attributes());
        attributes.putAll(attendance.traits());
        if (of.rules().runAs() == HouseRules.RunAs.SUBMITTER) {
            attributes.put(Needs.LOGIN, users.logins());
        }
        return Machine.capabilities(of.cpuMilli(), of.memory(), of.amounts(), attributes);
    }

    WorkerOptions options() {
        return options;
    }

    HouseRules rules() {
        return options.rules();
    }

    Capabilities machine() {
        return machine;
    }

    Patterns patterns() {
        return patterns;
    }

    Users users() {
        return users;
    }

    /// Its own file and command line are to be these.
    synchronized void ask(WorkerOptions changed) {
        asked = Optional.of(changed);
    }

    /// What somebody has asked for meanwhile counts more.
    private synchronized void askAgain() {
        asked = asked.or(() -> Optional.of(own));
    }

    private synchronized Optional<WorkerOptions> takeAsked() {
        var taken = asked;
        asked = Optional.empty();
        return taken;
    }

    /// What the farm says of this worker.
    ///
    /// @return whether that is new, and something to change
    boolean hear(String farm) {
        if (farm.equals(setting)) {
            return false;
        }
        setting = farm;
        askAgain();
        return true;
    }

    /// Looks at the clock, and whether its machine's user is there.
    ///
    /// @return whether something is to change
    boolean attend() {
        var now = Attendance.of(options.habits());
        if (now.equals(attendance)) {
            return false;
        }
        attendance = now;
        askAgain();
        return true;
    }

    /// Whether what runs has to go: its machine's user is there.
    boolean leaves() {
        return attendance.leaves();
    }

    /// Makes the change that was asked for; one that the broker does not take is asked for again.
    ///
    /// @param tell tells the broker
    /// @return whether it is another one now
    boolean change(Consumer<Capabilities> tell) {
        var wanted = takeAsked();
        if (wanted.isEmpty()) {
            return false;
        }
        own = wanted.get();
        try {
            var next = setting.isEmpty() ? own : own.with(WorkerSetting.fromJson(setting));
            users.forget();
            attendance = Attendance.of(next.habits());
            machine = capabilities(next);
            tell.accept(machine);
            options = next;
            patterns = readPatterns();
            log.info(
                    "worker {} gives {} cpus, {} MiB",
                    options.name(),
                    Fit.cpus(options.cpuMilli()),
                    options.memory() >> 20);
            return true;
        } catch (RuntimeException e) {
            log.warn("the broker does not take the new configuration: {}", e.getMessage());
            askAgain();
            return false;
        }
    }

    /// On a shared farm this worker says whose tasks it takes.
    ///
    /// @param tell tells the broker
    void meet(Collection<Needs> fresh, Consumer<Capabilities> tell) {
        if (rules().runAs() == HouseRules.RunAs.SUBMITTER) {
            fresh.stream().flatMap(n -> n.login().stream()).forEach(users::meet);
            var changed = capabilities(options);
            if (!changed.equals(machine)) {
                machine = changed;
                tell.accept(machine);
            }
        }
    }
}
