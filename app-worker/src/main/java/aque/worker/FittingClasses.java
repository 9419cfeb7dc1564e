package aque.worker;

import aque.broker.Broker;
import aque.event.Hint;
import aque.schedule.Capabilities;
import aque.schedule.Fit;
import aque.schedule.Needs;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The requirement classes that fit a worker. New ones are rare, and are learned when a hint speaks of one, or when all
/// that was there is taken. Any thread; one learns.
final class FittingClasses {
    private final Broker broker;
    private final Supplier<Capabilities> machine;
    private final Consumer<Collection<Needs>> meet;
    private final Set<Integer> fitting = new ConcurrentSkipListSet<>();
    private volatile int last;
    private volatile boolean more;

    /// @param meet sees what is new before it is compared with the machine
    FittingClasses(Broker broker, Supplier<Capabilities> machine, Consumer<Collection<Needs>> meet) {
        this.broker = broker;
        this.machine = machine;
        this.meet = meet;
    }

    List<Integer> ids() {
        return List.copyOf(fitting);
    }

    /// Whether there are classes that it has heard of and not learned.
    boolean wantsMore() {
        return more;
    }

    void heard(Hint hint) {
        if (hint.isBeyond(last)) {
            more = true;
        }
    }

    /// Everything is to be learned anew: the machine is another one.
    void forget() {
        fitting.clear();
        last = 0;
    }

    /// @return whether there were new ones
    boolean learn() {
        more = false;
        var known = last;
        var fresh = broker.classes(last);
        meet.accept(fresh.values());
        fresh.forEach((id, needs) -> {
            last = Math.max(last, id);
            if (Fit.fits(needs, machine.get())) {
                fitting.add(id);
            }
        });
        return last > known;
    }
}
