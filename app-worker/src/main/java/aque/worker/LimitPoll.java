package aque.worker;

import aque.broker.Broker;
import java.io.IOException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sets limits of the farm to what commands count: licences that desks hold are not the farm's. Several workers may
/// have the same command, one of them runs it. One thread.
final class LimitPoll {
    private static final Logger log = LoggerFactory.getLogger(LimitPoll.class);
    private static final long PATIENCE_S = 20;

    private final Broker broker;

    LimitPoll(Broker broker) {
        this.broker = broker;
    }

    /// @param commands by the limit's name
    void poll(Map<String, String> commands) throws InterruptedException {
        for (var entry : commands.entrySet()) {
            if (broker.isLimitDue(entry.getKey())) {
                try {
                    broker.limitIs(entry.getKey(), count(entry.getValue()));
                } catch (IOException | NumberFormatException e) {
                    log.warn("the limit {} stays as it is: {}", entry.getKey(), e.getMessage());
                }
            }
        }
    }

    private static int count(String command) throws IOException, InterruptedException {
        return Math.max(0, Integer.parseInt(Printed.by(command, PATIENCE_S)));
    }
}
