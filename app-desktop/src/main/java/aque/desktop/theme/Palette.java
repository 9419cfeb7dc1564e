package aque.desktop.theme;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javafx.css.CssMetaData;
import javafx.css.SimpleStyleableObjectProperty;
import javafx.css.Styleable;
import javafx.css.StyleableProperty;
import javafx.css.converter.ColorConverter;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;

/// The colours of the style sheet for those who paint on a canvas: an unseen node of the window's scene whose
/// properties the sheet sets. FX thread.
public final class Palette extends Region {
    private static final Map<Tone, Entry> TONES = new EnumMap<>(Tone.class);
    private static final Map<Ink, Entry> INKS = new EnumMap<>(Ink.class);
    private static final List<CssMetaData<? extends Styleable, ?>> META = new ArrayList<>(Region.getClassCssMetaData());

    static {
        for (var tone : Tone.values()) {
            TONES.put(tone, new Entry("-tone-" + tone.key(), p -> p.tones.get(tone)));
        }
        for (var ink : Ink.values()) {
            INKS.put(
                    ink,
                    new Entry(
                            "-ink-"
                                    + ink.name()
                                            .toLowerCase(java.util.Locale.ROOT)
                                            .replace('_', '-'),
                            p -> p.inks.get(ink)));
        }
        META.addAll(TONES.values());
        META.addAll(INKS.values());
    }

    private final Map<Tone, SimpleStyleableObjectProperty<Color>> tones = new EnumMap<>(Tone.class);
    private final Map<Ink, SimpleStyleableObjectProperty<Color>> inks = new EnumMap<>(Ink.class);
    private final List<Runnable> listeners = new ArrayList<>();

    /// Colours beside those of the states.
    public enum Ink {
        TEXT,
        MUTED,
        FAINT,
        BORDER,
        GROUND,
        NODE,
        ACCENT,
        CHOSEN,
        CPU,
        MEMORY,
        IO,
        LIMIT,
        TROUBLE,
        HIT,
        HIT_CHOSEN,
        SELECTED
    }

    public Palette() {
        getStyleClass().add(Style.PALETTE);
        setManaged(false);
        setVisible(false);
        TONES.forEach((tone, entry) -> tones.put(tone, property(entry)));
        INKS.forEach((ink, entry) -> inks.put(ink, property(entry)));
    }

    /// The colour of a state.
    public Color of(Tone tone) {
        return value(tones.get(tone));
    }

    /// Another colour of the sheet.
    public Color of(Ink ink) {
        return value(inks.get(ink));
    }

    /// Runs when colours changed, so that canvases are painted again.
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    @Override
    public List<CssMetaData<? extends Styleable, ?>> getCssMetaData() {
        return META;
    }

    private static Color value(@org.jspecify.annotations.Nullable SimpleStyleableObjectProperty<Color> property) {
        return java.util.Objects.requireNonNull(property).get();
    }

    private SimpleStyleableObjectProperty<Color> property(Entry entry) {
        var property = new SimpleStyleableObjectProperty<>(entry, this, entry.getProperty(), Color.GRAY);
        property.addListener((o, was, is) -> listeners.forEach(Runnable::run));
        return property;
    }

    private static final class Entry extends CssMetaData<Palette, Color> {
        private final java.util.function.Function<
                        Palette, @org.jspecify.annotations.Nullable SimpleStyleableObjectProperty<Color>>
                find;

        Entry(
                String name,
                java.util.function.Function<
                                Palette, @org.jspecify.annotations.Nullable SimpleStyleableObjectProperty<Color>>
                        find) {
            super(name, ColorConverter.getInstance(), Color.GRAY);
            this.find = find;
        }

        @Override
        public boolean isSettable(Palette palette) {
            return true;
        }

        @Override
        public StyleableProperty<Color> getStyleableProperty(Palette palette) {
            return java.util.Objects.requireNonNull(find.apply(palette));
        }
    }
}
