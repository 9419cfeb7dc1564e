package aque.desktop.tasks;

import aque.desktop.feed.Row;
import aque.desktop.theme.Tone;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/// What is typed into the search field: words that the name must hold, `-word` that it must not, and `state:error`,
/// `user:ann,bo`, `prio:500`, `id:12`. All must hold; commas mean any of. Pure.
public record JobQuery(String text) implements Predicate<Row> {

    @Override
    public boolean test(Row job) {
        return terms().stream().allMatch(term -> term.test(job));
    }

    public boolean isEmpty() {
        return text.isBlank();
    }

    private List<Predicate<Row>> terms() {
        var terms = new ArrayList<Predicate<Row>>();
        for (var word : text.trim().toLowerCase(Locale.ROOT).split("\\s+")) {
            if (!word.isEmpty()) {
                terms.add(
                        word.length() > 1 && word.startsWith("-")
                                ? term(word.substring(1)).negate()
                                : term(word));
            }
        }
        return terms;
    }

    private static Predicate<Row> term(String word) {
        int colon = word.indexOf(':');
        var values = Arrays.asList(word.substring(colon + 1).split(","));
        return switch (colon < 0 ? "" : word.substring(0, colon)) {
            case "state" -> job -> values.stream().anyMatch(state -> inState(job, state));
            case "user" -> job -> values.contains(job.view().owner().toLowerCase(Locale.ROOT));
            case "prio" -> job -> values.contains(Integer.toString(job.view().priority()));
            case "id" -> job -> values.contains(job.id().toString());
            default -> job -> job.view().name().toLowerCase(Locale.ROOT).contains(word);
        };
    }

    private static boolean inState(Row job, String state) {
        return switch (state) {
            case "active" -> !job.view().state().ended();
            case "running" -> job.tally().active() > 0;
            case "error" -> job.tally().of(Tone.ERROR) > 0;
            default -> job.tone().key().startsWith(state);
        };
    }
}
