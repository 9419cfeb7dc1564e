package aque.desktop.submit;

import aque.desktop.theme.Figures;
import aque.desktop.theme.Texts;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// What Aque makes of dropped paths: jobs that they can become, and what could not be understood. A plain value.
///
/// @param tasks how many tasks all of them together would be, as they are offered
record Understood(List<Draft> drafts, List<Refused> refused, long tasks) {

    /// A path that becomes no job, and why.
    record Refused(Path path, List<String> problems) {}

    Understood {
        drafts = List.copyOf(drafts);
        refused = List.copyOf(refused);
    }

    /// One line for the eye of who is still holding the files.
    String sentence() {
        if (drafts.isEmpty()) {
            return Texts.of("drop.nothing");
        }
        var kinds = drafts.stream()
                .collect(Collectors.groupingBy(d -> d.offer().kind(), java.util.TreeMap::new, Collectors.counting()));
        var parts = kinds.entrySet().stream()
                .map(kind -> kind.getValue() == 1
                        ? Texts.of("drop.one", kind.getKey(), title(kind.getKey()))
                        : Texts.of("drop.many", kind.getValue(), kind.getKey()))
                .collect(Collectors.joining(", "));
        var whole = tasks == 0 ? parts : Texts.of("drop.tasks", parts, tasks, Figures.count(tasks));
        return refused.isEmpty() ? whole : Texts.of("drop.some", whole, refused.size());
    }

    private String title(String kind) {
        return drafts.stream()
                .filter(draft -> draft.offer().kind().equals(kind))
                .findFirst()
                .orElseThrow()
                .offer()
                .title();
    }
}
