package aque.desktop.query;

import aque.desktop.feed.Row;
import aque.desktop.theme.Tone;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What a search can ask about. Those of tasks are found in the database, the others are looked up in a job's row.
enum Field {
    NAME(Kind.TEXT, row -> row.view().name()),
    STATE(Kind.STATE, row -> row),
    USER(Kind.PERSON, row -> row.view().owner()),
    PRIO(Kind.NUMBER, row -> row.view().priority()),
    ID(Kind.NUMBER, row -> row.id().value()),
    AGE(Kind.AGE, row -> row.view().created()),
    DONE(Kind.NUMBER, row -> row.tally().done()),
    TASKS(Kind.NUMBER, row -> row.tally().total()),
    RUNNING(Kind.NUMBER, row -> row.tally().active()),
    ERRORS(Kind.NUMBER, row -> row.tally().of(Tone.ERROR)),
    NOTE(Kind.TEXT, row -> row.view().status()),
    SHOW(Kind.TEXT, row -> label(row, "show")),
    SHOT(Kind.TEXT, row -> label(row, "shot")),
    ASSET(Kind.TEXT, row -> label(row, "asset")),
    VERSION(Kind.TEXT, row -> label(row, "version")),
    DUE(Kind.TEXT, row -> label(row, "due")),
    /// Any label: `label:ticket=BOAT-12`.
    LABEL(Kind.TEXT, row -> row.labels().toString()),
    TASK(Kind.TEXT),
    WORKER(Kind.TEXT),
    EXIT(Kind.NUMBER),
    STARTED(Kind.TIME),
    ENDED(Kind.TIME);

    private final Kind kind;
    private final Optional<Function<Row, Object>> of;

    /// What its values are.
    enum Kind {
        TEXT,
        STATE,
        PERSON,
        NUMBER,
        /// How long ago: `<1h` is younger than an hour.
        AGE,
        /// A moment, or how long ago.
        TIME
    }

    Field(Kind kind, Function<Row, Object> of) {
        this.kind = kind;
        this.of = Optional.of(of);
    }

    Field(Kind kind) {
        this.kind = kind;
        this.of = Optional.empty();
    }

    Kind kind() {
        return kind;
    }

    /// Is it asked of tasks and their attempts, not of jobs?
    boolean ofTasks() {
        return of.isEmpty();
    }

    String text(Row row) {
        return String.valueOf(value(row)).toLowerCase(Locale.ROOT);
    }

    double number(Row row) {
        return ((Number) value(row)).doubleValue();
    }

    Instant time(Row row) {
        return (Instant) value(row);
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Field> ofWord(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "owner" -> Optional.of(USER);
            case "priority" -> Optional.of(PRIO);
            case "on", "host", "node" -> Optional.of(WORKER);
            default ->
                Arrays.stream(values())
                        .filter(f -> f.word().equals(word.toLowerCase(Locale.ROOT)))
                        .findFirst();
        };
    }

    static String words() {
        return Arrays.stream(values()).map(Field::word).collect(Collectors.joining(", "));
    }

    private static String label(Row row, String name) {
        return row.labels().getOrDefault(name, "");
    }

    private Object value(Row row) {
        return of.orElseThrow().apply(row);
    }
}
