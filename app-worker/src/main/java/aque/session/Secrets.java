package aque.session;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/// Values that must not show in logs; each becomes eight asterisks. Any thread.
public final class Secrets {

    private static final String ASTERISKS = "********";

    /// As bytes, one a character: logs are bytes, in whatever encoding.
    private final Set<String> values = new ConcurrentSkipListSet<>(
            Comparator.comparingInt(String::length).reversed().thenComparing(s -> s));

    /// Those that a former worker knew.
    public static Secrets of(List<String> values) {
        var all = new Secrets();
        all.values.addAll(values);
        return all;
    }

    /// For the worker after this one.
    public List<String> values() {
        return List.copyOf(values);
    }

    /// Each line of the value is a secret too, since logs are made of lines.
    public void add(String value) {
        List.of(value.split("\n", -1)).stream()
                .map(line -> line.endsWith("\r") ? line.substring(0, line.length() - 1) : line)
                .filter(line -> !line.isEmpty())
                .map(line -> bytes(line.getBytes(StandardCharsets.UTF_8)))
                .forEach(values::add);
    }

    /// Length of the longest, bytes; 0 when there is none.
    public int longest() {
        return values.stream().mapToInt(String::length).max().orElse(0);
    }

    /// The same bytes without any secret that is whole in them.
    public byte[] hide(byte[] text) {
        return values.isEmpty() ? text : hidden(bytes(text)).getBytes(StandardCharsets.ISO_8859_1);
    }

    /// The same for text.
    public String hide(String line) {
        return values.isEmpty()
                ? line
                : new String(hide(line.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    private String hidden(String bytes) {
        var shown = bytes;
        for (var value : values) {
            shown = shown.replace(value, ASTERISKS);
        }
        return shown;
    }

    private static String bytes(byte[] text) {
        return new String(text, StandardCharsets.ISO_8859_1);
    }
}
