package aque.session;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/// Values that must not show in logs; each becomes eight asterisks. Any thread.
final class Secrets {

    private static final String ASTERISKS = "********";

    private final Set<String> values = new ConcurrentSkipListSet<>(
            Comparator.comparingInt(String::length).reversed().thenComparing(s -> s));

    /// Each line of the value is a secret too, since logs are made of lines.
    void add(String value) {
        List.of(value.split("\n", -1)).stream()
                .map(line -> line.endsWith("\r") ? line.substring(0, line.length() - 1) : line)
                .filter(line -> !line.isEmpty())
                .forEach(values::add);
    }

    String hide(String line) {
        var shown = line;
        for (var value : values) {
            shown = shown.replace(value, ASTERISKS);
        }
        return shown;
    }
}
