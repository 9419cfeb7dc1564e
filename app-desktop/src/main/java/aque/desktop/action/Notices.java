package aque.desktop.action;

import aque.desktop.theme.Texts;
import java.time.Duration;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// The one sentence at the foot of the window: what was asked stays until it is so, a failure until it is read. FX
/// thread, no toolkit.
public final class Notices {
    /// How long a sentence stands that needs no answer.
    public static final Duration STANDS = Duration.ofSeconds(5);

    private final ReadOnlyObjectWrapper<Optional<Notice>> shown = new ReadOnlyObjectWrapper<>(Optional.empty());
    private Optional<Notice> doing = Optional.empty();

    /// @param lasting stays until something replaces it
    public record Notice(String text, boolean bad, boolean lasting) {}

    public ReadOnlyObjectProperty<Optional<Notice>> shown() {
        return shown.getReadOnlyProperty();
    }

    /// Something went wrong.
    public void failed(String sentence) {
        shown.set(Optional.of(new Notice(sentence, true, true)));
    }

    /// Something that somebody else did and this person must know.
    public void tell(String sentence) {
        shown.set(Optional.of(new Notice(sentence, false, true)));
    }

    /// Something is so now.
    public void done(String sentence) {
        shown.set(Optional.of(new Notice(sentence, false, false)));
    }

    /// It was read, or its time is over.
    public void dismiss() {
        shown.set(Optional.empty());
    }

    void doing(String sentence) {
        doing = Optional.of(new Notice(sentence, false, false));
        shown.set(doing);
    }

    /// It was done: nothing else that came meanwhile is taken away.
    void dismissDoing() {
        if (shown.get().equals(doing)) {
            dismiss();
        }
    }

    void nothing(TaskAction action) {
        shown.set(Optional.of(new Notice(Texts.of("action.nothing", action.title()), true, false)));
    }
}
