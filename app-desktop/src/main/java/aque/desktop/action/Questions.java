package aque.desktop.action;

import aque.desktop.settings.Settings;
import aque.desktop.theme.Texts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// The one question that is open at the foot of the window, and the sentences that this person has written into such
/// questions: notes and reasons are mostly the same few. FX thread, no toolkit.
public final class Questions {
    private static final String SECTION = "phrases";
    private static final int MOST = 12;

    private final Settings settings;
    private final ReadOnlyObjectWrapper<Optional<Question>> open = new ReadOnlyObjectWrapper<>(Optional.empty());

    /// What the settings keep.
    record Kept(List<String> phrases) {}

    public Questions(Settings settings) {
        this.settings = settings;
    }

    public ReadOnlyObjectProperty<Optional<Question>> open() {
        return open.getReadOnlyProperty();
    }

    /// Asks; what was asked before is answered with no.
    public void ask(Question question) {
        open.set(Optional.of(question));
    }

    /// Yes.
    public void answer(Map<String, String> values) {
        var question = open.get();
        dismiss();
        question.ifPresent(q -> {
            q.fields().stream()
                    .filter(Question.Field.Phrase.class::isInstance)
                    .map(field -> values.getOrDefault(field.key(), "").strip())
                    .forEach(this::keep);
            q.then().accept(values);
        });
    }

    /// No.
    public void dismiss() {
        open.set(Optional.empty());
    }

    /// What was written before, the last first; then what many people write.
    public List<String> phrases() {
        var usual = Stream.of(Texts.of("ask.phrases").split("\\|"));
        return Stream.concat(kept(), usual).distinct().limit(MOST).toList();
    }

    private Stream<String> kept() {
        return settings.get(SECTION, Kept.class).map(Kept::phrases).orElse(List.of()).stream();
    }

    private void keep(String phrase) {
        if (!phrase.isEmpty()) {
            settings.put(
                    SECTION,
                    new Kept(Stream.concat(Stream.of(phrase), kept())
                            .distinct()
                            .limit(MOST)
                            .toList()));
        }
    }
}
