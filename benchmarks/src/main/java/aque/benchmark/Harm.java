package aque.benchmark;

import java.time.Duration;
import java.util.List;

/// What is done to a farm under [Torture].
///
/// @param steerers how many act on random tasks at once
/// @param workerKills how often; the others likewise
/// @param badNetwork each worker's way to the server is late, half open or cut for longer than a lease
/// @param clocks commands before each worker's, that set its clock
record Harm(
        int steerers,
        int workerKills,
        int serverKills,
        int connectionKills,
        boolean badNetwork,
        List<List<String>> clocks) {
    static final Harm CALM = new Harm(2, 0, 0, 0, false, List.of());

    Harm withSteerers(int n) {
        return new Harm(n, workerKills, serverKills, connectionKills, badNetwork, clocks);
    }

    Harm withWorkerKills(int n) {
        return new Harm(steerers, n, serverKills, connectionKills, badNetwork, clocks);
    }

    Harm withServerKills(int n) {
        return new Harm(steerers, workerKills, n, connectionKills, badNetwork, clocks);
    }

    Harm withConnectionKills(int n) {
        return new Harm(steerers, workerKills, serverKills, n, badNetwork, clocks);
    }

    Harm withBadNetwork() {
        return new Harm(steerers, workerKills, serverKills, connectionKills, true, clocks);
    }

    Harm withClocks(List<List<String>> commands) {
        return new Harm(steerers, workerKills, serverKills, connectionKills, badNetwork, commands);
    }

    /// So often as it comes when it comes every so many seconds, once at least.
    static int each(Duration time, int seconds) {
        return (int) Math.max(1, time.toSeconds() / seconds);
    }

    /// Whether a worker that lives may be taken for lost; its tasks then run twice, though only one is accepted, and
    /// none of them that is exclusive.
    boolean mayCutOff() {
        return serverKills + connectionKills > 0 || badNetwork;
    }
}
