package aque.farm;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// What jobs of a kind get when they are submitted.
///
/// @param number 0 for one that is not in the database yet
/// @param whom a glob: of which show, queue or user; `*` for the site
/// @param kind globs by `user`, `group`, `queue`, `title`, `cwd` or the name of a label: these jobs alone
/// @param gives values by name: `priority`, `default-priority`, `max-priority`, `group`, `pool`, `parallel`,
/// `retries`, `retry-delay`, `timeout`, `stall` (seconds), `environment` (JSON), `then` (a shell line)
public record PolicyRule(int number, Layer layer, String whom, Map<String, String> kind, Map<String, String> gives) {
    public PolicyRule {
        kind = new TreeMap<>(kind);
        gives = new TreeMap<>(gives);
    }

    /// Of two rules that give the same the one of the later layer goes.
    public enum Layer {
        SITE,
        SHOW,
        QUEUE,
        USER;

        /// As it is written: `show`.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
