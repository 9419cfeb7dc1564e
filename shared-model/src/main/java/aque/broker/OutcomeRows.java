package aque.broker;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Ends of attempts as the arrays that the SQL function `complete` takes.
final class OutcomeRows {
    private OutcomeRows() {}

    static void set(Columns to, WorkerSession worker, List<Outcome> outcomes) throws SQLException {
        var n = outcomes.size();
        var states = new String[n];
        var reasons = new @Nullable String[n];
        var exits = new @Nullable Integer[n];
        var signals = new @Nullable Integer[n];
        var peaks = new @Nullable Long[n];
        var cpu = new @Nullable Long[n];
        var percents = new @Nullable Float[n];
        var statuses = new @Nullable String[n];
        for (var i = 0; i < n; i++) {
            var o = outcomes.get(i);
            states[i] = o.end().code();
            reasons[i] = o.reason().isEmpty() ? null : o.reason();
            exits[i] = o.exitCode().isPresent() ? o.exitCode().getAsInt() : null;
            signals[i] = o.signal().isPresent() ? o.signal().getAsInt() : null;
            peaks[i] = o.peak().isPresent() ? o.peak().getAsLong() : null;
            cpu[i] = o.cpuMillis().isPresent() ? o.cpuMillis().getAsLong() : null;
            percents[i] = o.percent() < 0 ? null : (float) o.percent();
            statuses[i] = o.status().isEmpty() ? null : o.status();
        }
        to.number(worker.id());
        to.longs(outcomes.stream().mapToLong(o -> o.task().value()).toArray());
        to.ints(outcomes.stream().mapToInt(Outcome::attempt).toArray());
        to.texts(states)
                .texts(reasons)
                .numbers(exits)
                .numbers(signals)
                .longsOrGaps(peaks)
                .longsOrGaps(cpu);
        to.floats(percents).texts(statuses);
    }
}
