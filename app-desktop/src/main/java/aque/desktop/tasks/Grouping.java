package aque.desktop.tasks;

import aque.desktop.feed.Row;
import aque.desktop.theme.Texts;
import aque.desktop.theme.Tone;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What jobs in the tree are put together by.
public enum Grouping {
    NONE(row -> "", row -> ""),
    OWNER(row -> row.view().owner(), row -> row.view().owner()),
    // Worst first: it needs a person most.
    STATE(
            row -> "%02d".formatted(Tone.values().length - row.tone().ordinal()),
            row -> row.tone().word()),
    DAY(row -> "%010d".formatted(1_000_000 - day(row).toEpochDay()), row -> day(row).toString()),
    PRIORITY(
            row -> "%012d".formatted(5_000_000_000L - row.view().priority()),
            row -> Texts.of("group.priority.of", "" + row.view().priority()));

    private final Function<Row, String> order;
    private final Function<Row, String> title;

    Grouping(Function<Row, String> order, Function<Row, String> title) {
        this.order = order;
        this.title = title;
    }

    /// Its name for people.
    String word() {
        return Texts.of("group." + name().toLowerCase(Locale.ROOT));
    }

    /// Puts jobs together, in the given order within each.
    List<Section> of(List<Row> jobs, Comparator<Row> within) {
        var sorted = jobs.stream().sorted(within);
        if (this == NONE) {
            return List.of(new Section("", sorted.toList()));
        }
        return sorted.collect(Collectors.groupingBy(order, TreeMap::new, Collectors.toList())).values().stream()
                .map(rows -> new Section(title.apply(rows.getFirst()), rows))
                .toList();
    }

    /// Does a change of a job's state move it to another section?
    boolean follows() {
        return this == STATE;
    }

    private static LocalDate day(Row row) {
        return LocalDate.ofInstant(row.view().created(), ZoneId.systemDefault());
    }
}
