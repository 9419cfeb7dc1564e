package aque.desktop.query;

import aque.desktop.feed.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// One condition of a search. Of several values any may hold.
///
/// @param not must it not hold?
record Term(Field field, Comparison by, List<String> values, boolean not) {

    /// How a value is compared.
    enum Comparison {
        IS,
        LESS,
        MORE
    }

    /// Does it hold for a job? One that is asked of tasks holds: they are looked for elsewhere.
    boolean test(Row job, Moment moment) {
        return field.ofTasks() || values.stream().anyMatch(value -> holds(job, value, moment)) != not;
    }

    /// The same, wanted.
    Term wanted() {
        return new Term(field, by, values, false);
    }

    private boolean holds(Row job, String value, Moment moment) {
        return switch (field.kind()) {
            case TEXT -> field.text(job).contains(value.toLowerCase(Locale.ROOT));
            case STATE -> JobState.ofWord(value).map(state -> state.test(job)).orElse(true);
            case PERSON -> field.text(job).equals(moment.person(value));
            case NUMBER -> compare(Double.compare(field.number(job), Double.parseDouble(value)));
            case AGE ->
                compare(Duration.between(field.time(job), moment.now())
                        .compareTo(Times.ago(value).orElseThrow()));
            case TIME -> true;
        };
    }

    private boolean compare(int sign) {
        return switch (by) {
            case IS -> sign == 0;
            case LESS -> sign < 0;
            case MORE -> sign > 0;
        };
    }

    /// Who asks, and when: what `me` and `1h` mean.
    record Moment(String me, Instant now) {
        String person(String value) {
            return (value.equalsIgnoreCase("me") ? me : value).toLowerCase(Locale.ROOT);
        }
    }
}
