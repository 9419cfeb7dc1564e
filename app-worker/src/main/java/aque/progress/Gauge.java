package aque.progress;

import java.util.ArrayList;
import java.util.List;

/// Reads the output of one process, line by line. One thread.
public final class Gauge {
    /// No tool says how far it is behind more text than this.
    private static final int LONGEST = 2000;
    private static final double STEP = 0.1;
    private static final int REMEMBERED = 20;

    private final List<Reading> readings;
    private final Words words;
    private double told = -1;
    private String status = "";
    private final List<String> memory = new ArrayList<>();

    Gauge(List<Reading> readings, Words words) {
        this.readings = readings;
        this.words = words;
    }

    /// What a line holds that it can learn from.
    public Words words() {
        return words;
    }

    /// What this line tells that was not known before; mostly nothing.
    public List<Sign> take(String line) {
        if (line.isEmpty() || line.length() > LONGEST) {
            return List.of();
        }
        List<Sign> out = List.of();
        for (var reading : readings) {
            var signs = reading.take(line);
            if (reading.learned() && memory.size() < REMEMBERED) {
                memory.add(line);
            }
            if (!signs.isEmpty()) {
                out = news(signs, out);
            }
        }
        return out;
    }

    /// The lines that told which tool it is and how much it has to do: a new gauge takes them first.
    public List<String> memory() {
        return List.copyOf(memory);
    }

    private List<Sign> news(List<Sign> signs, List<Sign> before) {
        var out = new ArrayList<>(before);
        for (var sign : signs) {
            switch (sign) {
                case Sign.Progress p -> {
                    if (Math.abs(p.percent() - told) >= STEP) {
                        told = p.percent();
                        out.add(p);
                    }
                }
                case Sign.Status s -> {
                    if (!s.text().equals(status)) {
                        status = s.text();
                        out.add(s);
                    }
                }
                case Sign.Error e -> out.add(e);
                case Sign.Licence l -> out.add(l);
                case Sign.Volume v -> out.add(v);
            }
        }
        return out;
    }
}
