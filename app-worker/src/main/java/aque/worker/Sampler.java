package aque.worker;

import aque.usage.UsageSample;
import aque.usage.UsageStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps what tasks use (A102). All that are due in a round share one look at the machine and one statement; a round
/// in which none is costs nothing. One thread.
final class Sampler {
    private static final Logger log = LoggerFactory.getLogger(Sampler.class);
    /// From one round to the next.
    private static final Duration ROUND = Duration.ofSeconds(2);

    private final UsageStore store;
    private final Map<TaskRun, Pace> paces = new HashMap<>();
    private long round;
    private Instant last = Instant.EPOCH;

    Sampler(UsageStore store) {
        this.store = store;
    }

    /// Makes a round when it is time to.
    void look(Collection<TaskRun> runs) {
        var now = Instant.now();
        if (last.plus(ROUND).isAfter(now)) {
            return;
        }
        last = now;
        round++;
        paces.keySet().retainAll(Set.copyOf(runs));
        var samples = new ArrayList<UsageSample>();
        for (var run : runs) {
            var pace = paces.getOrDefault(run, Pace.FIRST);
            if (pace.isDue(round)) {
                run.process().sample().ifPresent(sample -> {
                    samples.add(sample);
                    paces.put(run, pace.after(sample));
                });
            }
        }
        keep(samples);
    }

    private void keep(List<UsageSample> samples) {
        if (samples.isEmpty()) {
            return;
        }
        try {
            store.append(samples);
        } catch (RuntimeException e) {
            log.debug("usage was not kept: {}", e.getMessage());
        }
    }
}
