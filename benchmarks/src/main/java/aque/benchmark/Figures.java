package aque.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// What a benchmark found: figures for programs, rows for people, and the conditions they hold under.
final class Figures {
    private final Map<String, Object> figures = new LinkedHashMap<>();
    private final Map<String, Object> conditions = new LinkedHashMap<>();
    private final List<String> rows = new ArrayList<>();

    /// One figure as it is.
    Figures figure(String name, double value) {
        figures.put(name, rounded(value));
        rows.add("%-34s %12s".formatted(name, text(value)));
        return this;
    }

    /// The median of rounds, with their range in the table.
    Figures median(String name, Samples rounds) {
        figures.put(name, rounded(rounds.median()));
        return row(name, rounds);
    }

    /// For the table only: a peer's rounds.
    Figures row(String name, Samples rounds) {
        rows.add("%-34s %12s   %s .. %s, n = %d"
                .formatted(
                        name,
                        text(rounds.median()),
                        text(rounds.least()),
                        text(rounds.most()),
                        rounds.sorted().length));
        return this;
    }

    Figures condition(String name, Object value) {
        conditions.put(name, value);
        return this;
    }

    String table(String benchmark) {
        return benchmark + " " + conditions + "\n  " + String.join("\n  ", rows) + "\n";
    }

    String json(String benchmark) {
        var all = new LinkedHashMap<String, Object>();
        all.put("benchmark", benchmark);
        all.putAll(figures);
        all.put("conditions", conditions);
        return JsonMapper.shared().writeValueAsString(all);
    }

    private static Object rounded(double value) {
        if (value == Math.rint(value) || Math.abs(value) >= 1000) {
            return Math.round(value);
        }
        return Double.parseDouble(String.format(Locale.ROOT, "%.4g", value));
    }

    private static String text(double value) {
        return String.valueOf(rounded(value));
    }
}
