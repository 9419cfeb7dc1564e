package aque.desktop.submit;

import aque.desktop.feed.Background;
import aque.submit.Library;
import aque.submit.Routine;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// The templates at hand (P35), as their folders have them now: whole ones first, then broken ones with what is wrong.
/// FX thread, no toolkit.
public final class LibraryModel {
    private final Background background;
    private final StringProperty filter = new SimpleStringProperty("");
    private final ReadOnlyObjectWrapper<List<Routine>> shown = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyBooleanWrapper reading = new ReadOnlyBooleanWrapper();
    private List<Routine> all = List.of();

    public LibraryModel(Background background) {
        this.background = background;
        filter.addListener((o, was, is) -> show());
    }

    // Properties

    /// Words that a template has in its name, its summary or its files' endings.
    StringProperty filter() {
        return filter;
    }

    ReadOnlyObjectProperty<List<Routine>> shown() {
        return shown.getReadOnlyProperty();
    }

    /// Are the folders being read?
    ReadOnlyBooleanProperty reading() {
        return reading.getReadOnlyProperty();
    }

    // Commands

    /// Reads the folders.
    void read() {
        reading.set(true);
        background.run("library", () -> List.copyOf(Library.ofUser().routines()), found -> {
            reading.set(false);
            all = found;
            show();
        });
    }

    private void show() {
        var words = filter.get().toLowerCase(Locale.ROOT).strip().split("\\s+");
        shown.set(Stream.of(true, false)
                .flatMap(whole -> all.stream()
                        .filter(r -> r.template().isPresent() == whole
                                && Stream.of(words).allMatch(text(r)::contains)))
                .toList());
    }

    private static String text(Routine routine) {
        return (routine.name() + " " + routine.summary() + " " + String.join(" ", routine.extensions()))
                .toLowerCase(Locale.ROOT);
    }
}
