package aque.desktop.query;

import aque.desktop.feed.Row;
import aque.desktop.query.Term.Moment;
import aque.farm.TaskSearch;
import aque.task.TaskView;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// One part of a search that asks for tasks: what the database finds, and what must hold for the job of each. Pure.
public final class TaskQuest {
    /// What is asked of the tasks where tasks are asked for, not of their jobs.
    private static final Set<Field> BOTH = Set.of(Field.NAME, Field.STATE, Field.USER);

    private final List<Term> all;
    private final Moment moment;

    TaskQuest(List<Term> all, Moment moment) {
        this.all = all;
        this.moment = moment;
    }

    /// What the database is asked.
    public TaskSearch search() {
        return TaskTerms.search(all, moment);
    }

    /// Is a task that was found meant, by what is asked of its job and of its own name?
    public boolean keeps(Row job, TaskView task) {
        return all.stream()
                .filter(term -> !BOTH.contains(term.field()) || term.not() && term.field() != Field.STATE)
                .allMatch(term -> term.test(job, moment) && !(term.field() == Field.NAME && named(task, term)));
    }

    private static boolean named(TaskView task, Term term) {
        var name = task.name().toLowerCase(Locale.ROOT);
        return term.values().stream().anyMatch(word -> name.contains(word.toLowerCase(Locale.ROOT)));
    }
}
