package aque.desktop.tasks;

import aque.desktop.query.Query;
import aque.desktop.theme.Texts;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// A view in the sidebar: a search with a name.
///
/// @param own did a person make it? The others are always there
public record JobView(String title, Query query, boolean own) {

    /// Those that everybody has; the first one shows all.
    public static List<JobView> usual() {
        return Stream.of("", "user:me", "state:running", "state:error", "state:waiting", "state:ended")
                .map(Query::of)
                .map(query -> new JobView(Texts.of("view." + key(query)), query, false))
                .toList();
    }

    /// A name for style and tests: `all`, `mine`, `error`; of one's own its title.
    public String key() {
        return own ? title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-") : key(query);
    }

    private static String key(Query query) {
        return switch (query.text()) {
            case "" -> "all";
            case "user:me" -> "mine";
            case "state:ended" -> "done";
            default -> query.text().substring(query.text().indexOf(':') + 1);
        };
    }
}
