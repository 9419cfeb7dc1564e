package aque.benchmark;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What was typed after the benchmark's name: `--key value`, `--flag`, and words.
record Options(Map<String, String> values, List<String> words) {

    static Options of(List<String> typed) {
        var values = new HashMap<String, String>();
        var words = new ArrayList<String>();
        for (var i = 0; i < typed.size(); i++) {
            var word = typed.get(i);
            if (!word.startsWith("--")) {
                words.add(word);
            } else if (word.contains("=")) {
                values.put(word.substring(2, word.indexOf('=')), word.substring(word.indexOf('=') + 1));
            } else if (i + 1 < typed.size() && typed.get(i + 1).matches("[0-9.]+")) {
                values.put(word.substring(2), typed.get(++i));
            } else {
                values.put(word.substring(2), "");
            }
        }
        return new Options(Map.copyOf(values), List.copyOf(words));
    }

    boolean has(String flag) {
        return values.containsKey(flag);
    }

    int number(String key, int otherwise) {
        var text = values.get(key);
        return text == null || text.isEmpty() ? otherwise : (int) Double.parseDouble(text);
    }

    double decimal(String key, double otherwise) {
        var text = values.get(key);
        return text == null || text.isEmpty() ? otherwise : Double.parseDouble(text);
    }

    /// Rounds of everything that is compared; 5 unless told.
    int rounds() {
        return number("rounds", 5);
    }
}
