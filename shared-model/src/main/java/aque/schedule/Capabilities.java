package aque.schedule;

import java.util.Map;
import java.util.Set;

/// What one worker can offer at most, whatever runs on it now: its whole capacity and its traits. Pure.
///
/// @param cpuMilli thousandths of a core
/// @param memory bytes
/// @param platform `linux`, `macos` or `windows`
/// @param user the operating-system user that its tasks run as
/// @param amounts named amounts, lower case, such as `amount.worker.gpu`
/// @param attributes named attributes with their values, lower case names, such as `attr.worker.os.family`
public record Capabilities(
        String host,
        String platform,
        String user,
        int cpuMilli,
        long memory,
        Map<String, Double> amounts,
        Map<String, Set<String>> attributes) {

    public Capabilities {
        amounts = Map.copyOf(amounts);
        attributes = Map.copyOf(attributes);
    }
}
