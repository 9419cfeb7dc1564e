package aque.desktop.action;

import java.util.Map;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// The one question that is open at the foot of the window. FX thread, no toolkit.
public final class Questions {
    private final ReadOnlyObjectWrapper<Optional<Question>> open = new ReadOnlyObjectWrapper<>(Optional.empty());

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
        question.ifPresent(q -> q.then().accept(values));
    }

    /// No.
    public void dismiss() {
        open.set(Optional.empty());
    }
}
