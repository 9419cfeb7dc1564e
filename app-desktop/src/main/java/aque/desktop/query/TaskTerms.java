package aque.desktop.query;

import aque.desktop.query.Term.Comparison;
import aque.desktop.query.Term.Moment;
import aque.farm.TaskSearch;
import aque.farm.TaskSearch.Span;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The conditions of one search as what to find among tasks. Pure.
final class TaskTerms {
    private TaskTerms() {}

    static TaskSearch search(List<Term> all, Moment moment) {
        var wanted = all.stream().filter(term -> !term.not()).toList();
        return new TaskSearch(
                any(wanted, Field.NAME),
                any(wanted, Field.TASK),
                values(wanted, Field.STATE)
                        .flatMap(word -> JobState.ofWord(word).stream())
                        .flatMap(state -> state.tasks().stream())
                        .collect(Collectors.toSet()),
                values(wanted, Field.WORKER).toList(),
                values(wanted, Field.USER).map(moment::person).toList(),
                values(wanted, Field.EXIT)
                        .map(Double::parseDouble)
                        .map(Double::intValue)
                        .toList(),
                span(wanted, Field.STARTED, moment),
                span(wanted, Field.ENDED, moment),
                all.stream()
                        .filter(term -> term.not() && (term.field().ofTasks() || term.field() == Field.STATE))
                        .map(term -> search(List.of(term.wanted()), moment))
                        .toList());
    }

    private static Stream<String> values(List<Term> all, Field field) {
        return all.stream().filter(term -> term.field() == field).flatMap(term -> term.values().stream());
    }

    private static List<List<String>> any(List<Term> all, Field field) {
        return all.stream()
                .filter(term -> term.field() == field)
                .map(Term::values)
                .toList();
    }

    /// `>02:00` is after that moment, `<2h` less than two hours ago.
    private static Span span(List<Term> all, Field field, Moment moment) {
        var span = Span.ALWAYS;
        for (var term : all) {
            if (term.field() == field) {
                var value = term.values().getFirst();
                var ago = Times.ago(value).map(moment.now()::minus);
                Instant at = ago.or(() -> Times.moment(value, moment.now(), ZoneId.systemDefault()))
                        .orElseThrow();
                boolean after = ago.isPresent() == (term.by() != Comparison.MORE);
                span = after ? new Span(Optional.of(at), span.to()) : new Span(span.from(), Optional.of(at));
            }
        }
        return span;
    }
}
