package aque.desktop.query;

import aque.desktop.query.Term.Comparison;
import aque.desktop.theme.Texts;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads one search. Keeps the first thing that is wrong as a sentence and goes on without it.
final class QueryReader {
    private static final Pattern FIELD = Pattern.compile("([A-Za-z]+)(:[<>]?|[<>]=?|=)(.*)");

    private final String text;
    private final List<List<Term>> any = new ArrayList<>();
    private List<Term> all = new ArrayList<>();
    private Optional<String> problem = Optional.empty();

    QueryReader(String text) {
        this.text = text;
    }

    Query read() {
        for (var token : Token.of(text)) {
            if (!token.quoted() && token.text().equalsIgnoreCase("or")) {
                closePart();
            } else {
                term(token).ifPresent(all::add);
            }
        }
        closePart();
        return new Query(text, List.copyOf(any), problem);
    }

    private void closePart() {
        if (!all.isEmpty()) {
            any.add(List.copyOf(all));
            all = new ArrayList<>();
        }
    }

    private Optional<Term> term(Token token) {
        var match = FIELD.matcher(token.text());
        if (token.quoted() || !match.matches()) {
            return token.text().isBlank()
                    ? Optional.empty()
                    : Optional.of(new Term(Field.NAME, Comparison.IS, List.of(token.text()), token.not()));
        }
        var field = Field.ofWord(match.group(1));
        if (field.isEmpty()) {
            return wrong("query.field", match.group(1), Field.words());
        }
        var values = Arrays.stream(match.group(3).split(","))
                .filter(v -> !v.isBlank())
                .toList();
        if (values.isEmpty()) {
            return wrong("query.value", match.group(1));
        }
        var sign = match.group(2);
        var by = sign.contains("<") ? Comparison.LESS : sign.contains(">") ? Comparison.MORE : Comparison.IS;
        var bad = values.stream().filter(value -> !fits(field.get(), value)).findFirst();
        return bad.isPresent()
                ? wrong(
                        "query." + field.get().kind().name().toLowerCase(java.util.Locale.ROOT),
                        field.get().word(),
                        bad.get(),
                        JobState.words())
                : Optional.of(new Term(field.get(), by, values, token.not()));
    }

    private static boolean fits(Field field, String value) {
        return switch (field.kind()) {
            case TEXT, PERSON -> true;
            case STATE -> JobState.ofWord(value).isPresent();
            case NUMBER -> value.matches("-?[0-9]{1,15}(\\.[0-9]{1,6})?");
            case AGE -> Times.ago(value).isPresent();
            case TIME ->
                Times.ago(value).isPresent()
                        || Times.moment(value, Instant.EPOCH, ZoneId.systemDefault())
                                .isPresent();
        };
    }

    private Optional<Term> wrong(String key, Object... values) {
        problem = problem.or(() -> Optional.of(Texts.of(key, values)));
        return Optional.empty();
    }
}
