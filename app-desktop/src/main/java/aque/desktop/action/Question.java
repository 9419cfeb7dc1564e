package aque.desktop.action;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// What is asked before something is done: whom it meets, and what must be known for it. A plain value.
///
/// @param title of the button that says yes
/// @param sentence whom it meets, in one line
/// @param danger takes something from somebody
/// @param then gets the answers by key; "true" or "false" for a check
public record Question(
        String title, String sentence, boolean danger, List<Field> fields, Consumer<Map<String, String>> then) {

    public Question {
        fields = List.copyOf(fields);
    }

    /// Something to fill in.
    public sealed interface Field {
        String key();

        String label();

        /// One line of text.
        ///
        /// @param required an empty one is no answer
        record Line(String key, String label, String value, boolean required) implements Field {}

        /// A sentence for others to read, typed or one of those that were written before; an empty one is no answer.
        record Phrase(String key, String label) implements Field {}

        /// One of several.
        record Choice(String key, String label, List<String> among, String value) implements Field {}

        /// Yes or no; no at first.
        record Check(String key, String label) implements Field {}
    }
}
