package aque.desktop.action;

import aque.desktop.theme.Figures;
import aque.desktop.theme.Texts;
import aque.farm.Impact;
import aque.farm.TaskDetails;
import aque.schedule.Fit;
import aque.task.TaskView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Makes the question before an action: whom it meets, whose that is, what must be known for it. Pure.
///
/// @param what the tasks as people call them
/// @param me who asks
/// @param details of the first task, where the action needs them
record Asking(
        TaskAction action, List<TaskView> tasks, String what, String me, Impact impact, Optional<TaskDetails> details) {

    /// Is somebody else's work among it? Then one line of why is asked, which its owner reads.
    boolean meetsOthers() {
        return impact.owners().stream().anyMatch(owner -> !owner.equals(me));
    }

    /// Nothing has to be asked: it is one's own, and nothing depends on it.
    boolean needless() {
        return !action.asks() && !meetsOthers() && fields().isEmpty();
    }

    Question question(Consumer<Map<String, String>> then) {
        return new Question(
                action.title().replace("…", ""), sentence(), action.part() == TaskAction.Part.STOP, fields(), then);
    }

    private List<Question.Field> fields() {
        var fields = new ArrayList<Question.Field>();
        switch (action) {
            case PRIORITY ->
                fields.add(new Question.Field.Line(
                        Deed.NUMBER,
                        Texts.of("ask.priority"),
                        Integer.toString(tasks.getFirst().priority()),
                        true));
            case SIGNAL ->
                fields.add(new Question.Field.Choice(
                        Deed.SIGNAL,
                        Texts.of("ask.signal"),
                        Deed.signals(),
                        Deed.signals().getFirst()));
            case NEEDS -> {
                fields.add(new Question.Field.Line(Deed.CPUS, Texts.of("ask.cpus"), cpus(), false));
                fields.add(new Question.Field.Line(Deed.MEMORY, Texts.of("ask.memory"), memory(), false));
            }
            case NOTE -> fields.add(new Question.Field.Phrase(Deed.TEXT, Texts.of("ask.note")));
            case RETRY -> {
                if (impact.again() > 0) {
                    fields.add(
                            new Question.Field.Check(Deed.ALSO, Texts.of("ask.also", Figures.count(impact.again()))));
                }
            }
            default -> {}
        }
        if (meetsOthers() && action != TaskAction.NOTE) {
            fields.add(new Question.Field.Phrase(Deed.WHY, Texts.of("ask.why")));
        }
        return fields;
    }

    private String cpus() {
        return details.map(d -> d.needs().cpuMilli())
                .filter(milli -> milli > 0)
                .map(Fit::cpus)
                .orElse("");
    }

    private String memory() {
        return details.map(d -> d.needs().memory())
                .filter(bytes -> bytes > 0)
                .map(bytes -> (bytes >> 20) + "M")
                .orElse("");
    }

    /// `Kill 37 tasks of boat? 12 running · 25 waiting · of bo · 4 more need them`
    private String sentence() {
        var met = String.join(" · ", met());
        return action.part() == TaskAction.Part.STOP
                ? Texts.of("ask.sentence", action.title().replace("…", ""), what, met)
                : what + " · " + met;
    }

    private List<String> met() {
        var parts = new ArrayList<String>();
        count(parts, "ask.running", impact.running());
        count(parts, "ask.waiting", impact.waiting());
        count(parts, "ask.ended", impact.ended());
        parts.add(meetsOthers() ? Texts.of("ask.of", String.join(", ", impact.owners())) : Texts.of("ask.yours"));
        count(parts, "ask.needing", impact.needing());
        return parts;
    }

    private static void count(List<String> parts, String key, int n) {
        if (n > 0) {
            parts.add(Texts.of(key, n, Figures.count(n)));
        }
    }
}
