package aque.desktop.query;

import aque.desktop.feed.Row;
import aque.desktop.query.Term.Comparison;
import aque.desktop.query.Term.Moment;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What is typed into the search field: `state:error user:me age<1h worker:node14 prio>2000 "boat 12" -proxy`. All of
/// it must hold; commas mean any of; `or` stands between two searches of which one must hold. Pure.
///
/// @param text as it was typed
/// @param any one of these must hold, each of them wholly
/// @param problem what is wrong with it, in one sentence; what can be read of it is searched all the same
public record Query(String text, List<List<Term>> any, Optional<String> problem) {
    public static final Query ALL = of("");

    /// Reads what a person typed. Never refuses: half of a word is typed before the whole.
    public static Query of(String text) {
        return new QueryReader(text).read();
    }

    /// Does it hold for a job, asked by this person?
    public boolean test(Row job, String me, Instant now) {
        var moment = new Moment(me, now);
        return any.isEmpty() || any.stream().anyMatch(all -> all.stream().allMatch(term -> term.test(job, moment)));
    }

    public boolean isEmpty() {
        return any.isEmpty();
    }

    /// Does time alone change what it finds?
    public boolean tellsAge() {
        return any.stream()
                .flatMap(List::stream)
                .anyMatch(term -> term.field().kind() == Field.Kind.AGE && term.by() != Comparison.IS);
    }

    /// What is to be looked for among tasks and their attempts; empty when it asks of jobs alone. One search for each
    /// part between `or`s.
    public List<TaskQuest> ofTasks(String me, Instant now) {
        return any.stream()
                .filter(all -> all.stream().anyMatch(term -> term.field().ofTasks()))
                .map(all -> new TaskQuest(all, new Moment(me, now)))
                .toList();
    }

    /// This search and another one, both.
    public Query and(Query other) {
        if (isEmpty() || other.isEmpty()) {
            return isEmpty() ? other : this;
        }
        var both = any.stream()
                .flatMap(mine -> other.any.stream()
                        .map(theirs -> java.util.stream.Stream.concat(mine.stream(), theirs.stream())
                                .toList()))
                .toList();
        return new Query((text + " " + other.text).trim(), both, problem.or(other::problem));
    }
}
