package aque.desktop.tasks;

import aque.desktop.feed.Row;
import aque.desktop.theme.Figures;
import aque.desktop.theme.Palette;
import aque.desktop.theme.Style;
import aque.desktop.theme.Texts;
import aque.desktop.theme.Tone;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/// A column of the tree, declared once: its name, its widths, its order and what its cells show.
///
/// @param key part of its id, its text and the settings
/// @param usual is it shown before somebody chooses?
/// @param styles classes of its head and cells
record Column(
        String key,
        boolean usual,
        double width,
        double least,
        Comparator<Row> order,
        Function<Palette, Cells> cell,
        List<String> styles) {

    /// An estimate moves on while it is compared: such a column cannot sort.
    static final Comparator<Row> UNSORTED = (one, other) -> 0;

    /// Every column there is, the usual ones first and in their usual order.
    static List<Column> all() {
        return List.of(
                new Column(
                        "job",
                        true,
                        250,
                        150,
                        Comparator.comparing(r -> r.view().name()),
                        p -> new Cells.Name(),
                        List.of()),
                new Column(
                        "tasks",
                        true,
                        176,
                        90,
                        Comparator.comparingDouble(r -> r.tally().done()),
                        Cells.Tasks::new,
                        List.of()),
                new Column("state", true, 90, 84, Comparator.comparing(Row::tone), p -> new Cells.State(), List.of()),
                figure(
                        "prio",
                        true,
                        54,
                        Comparator.comparingInt(r -> r.view().priority()),
                        r -> Integer.toString(r.view().priority())),
                figure("time", true, 70, Comparator.comparing(Column::start), r -> Words.time(r, Instant.now())),
                words("owner", true, 72, r -> r.view().owner()),
                words(
                        "on",
                        true,
                        84,
                        r -> r.view().worker().isEmpty()
                                ? Figures.NONE
                                : r.view().worker()),
                new Column(
                        "note",
                        true,
                        220,
                        54,
                        Comparator.comparing(Words::note),
                        p -> new Cells.Note(),
                        List.of(Style.MUTED)),
                figure(
                        "age",
                        false,
                        62,
                        Comparator.<Row, Instant>comparing(r -> r.view().created())
                                .reversed(),
                        Column::age),
                figure(
                        "count",
                        false,
                        66,
                        Comparator.comparingInt(r -> r.tally().total()),
                        r -> count(r, r.tally().total())),
                figure(
                        "running",
                        false,
                        66,
                        Comparator.comparingInt(r -> r.tally().active()),
                        r -> count(r, r.tally().active())),
                figure("errors", false, 60, Comparator.comparingInt(Column::errors), r -> count(r, errors(r))),
                figure("left", false, 60, Comparator.comparingInt(Column::left), r -> count(r, left(r))),
                figure(
                        "remains",
                        false,
                        82,
                        UNSORTED,
                        r -> Words.remains(r, Instant.now())
                                .map(left -> Texts.of("column.remains.about", Figures.duration(left)))
                                .orElse(Figures.NONE)),
                figure(
                        "try",
                        false,
                        50,
                        Comparator.comparingInt(r -> r.view().attempt()),
                        r -> r.view().attempt() == 0
                                ? Figures.NONE
                                : "" + r.view().attempt()),
                words("submitted", false, 130, r -> Figures.exact(r.view().created())),
                words(
                        "ended",
                        false,
                        130,
                        r -> r.view().ended().map(Figures::exact).orElse(Figures.NONE)),
                figure("id", false, 76, Comparator.comparing(Row::id), r -> r.id().toString()));
    }

    /// Its head.
    String title() {
        return Texts.of("column." + key);
    }

    private static Column words(
            String key, boolean usual, double width, Function<Row, String> words, String... styles) {
        return new Column(
                key,
                usual,
                width,
                54,
                Comparator.comparing(words),
                p -> new Cells.Words(words, styles),
                List.of(styles));
    }

    private static Column figure(
            String key, boolean usual, double width, Comparator<Row> order, Function<Row, String> words) {
        return new Column(
                key, usual, width, 50, order, p -> new Cells.Words(words, Style.FIGURE), List.of(Style.FIGURE));
    }

    private static Instant start(Row row) {
        return row.view().started().orElse(Instant.MAX);
    }

    private static String age(Row row) {
        return Figures.age(Duration.between(row.view().created(), Instant.now()));
    }

    private static int errors(Row row) {
        return row.tally().of(Tone.ERROR);
    }

    private static int left(Row row) {
        return Stream.of(Tone.WAITING, Tone.PENDING, Tone.HELD, Tone.BLOCKED, Tone.CREATING)
                        .mapToInt(row.tally()::of)
                        .sum()
                + row.tally().active();
    }

    private static String count(Row row, int number) {
        return row.isContainer() ? Figures.count(number) : "";
    }
}
