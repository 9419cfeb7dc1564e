package aque.desktop.control;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What somebody typed to see fewer lines of a list: each word must be somewhere in a line, and no `-word`. Pure.
public record WordFilter(List<String> words) {

    public static WordFilter of(String typed) {
        return new WordFilter(Arrays.stream(typed.toLowerCase(Locale.ROOT).split("\\s+"))
                .filter(word -> !word.isEmpty() && !word.equals("-"))
                .toList());
    }

    /// Is every line shown?
    public boolean isEmpty() {
        return words.isEmpty();
    }

    /// @param line all that is known of it
    public boolean test(String line) {
        var text = line.toLowerCase(Locale.ROOT);
        return words.stream()
                .allMatch(word -> word.startsWith("-") ? !text.contains(word.substring(1)) : text.contains(word));
    }
}
