package aque.desktop.theme;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import javafx.application.Application;
import javafx.application.ConditionalFeature;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.Scene;
import javafx.scene.text.Font;

/// Dark or light, for every scene that was dressed by it. FX thread.
public final class Theme {
    private static final List<String> FACES = List.of(
            "inter/Inter-Regular.otf",
            "inter/Inter-SemiBold.otf",
            "inter/Inter-Bold.otf",
            "jetbrains_mono/JetBrainsMono-Regular.ttf",
            "jetbrains_mono/JetBrainsMono-Bold.ttf");

    /// Each loading of a face leaves a copy of it in the temporary folder for as long as the program runs.
    private static boolean loaded;

    private final Palette palette = new Palette();
    private final List<Scene> scenes = new java.util.ArrayList<>();
    private final ReadOnlyObjectWrapper<Mode> mode = new ReadOnlyObjectWrapper<>(Mode.DARK);

    /// The two dresses.
    public enum Mode {
        DARK,
        LIGHT;

        /// Reads the word of an option; anything but `light` is dark, which is the default.
        public static Mode of(String word) {
            return word.equalsIgnoreCase("light") ? LIGHT : DARK;
        }
    }

    public Theme() {
        if (!loaded) {
            FACES.forEach(Theme::load);
            loaded = true;
        }
    }

    /// The colours for canvases. Its node belongs into the main scene.
    public Palette palette() {
        return palette;
    }

    public ReadOnlyObjectProperty<Mode> mode() {
        return mode.getReadOnlyProperty();
    }

    /// Gives a scene the style of the console, now and after every change.
    public void dress(Scene scene) {
        scene.getStylesheets().add(sheet("desktop.css"));
        if (!Platform.isSupported(ConditionalFeature.TRANSPARENT_WINDOW)) {
            scene.getStylesheets().add(sheet("opaque.css"));
        }
        scenes.add(scene);
        dressNow(scene);
    }

    /// Dresses a scene that was given another root.
    public void dressAgain(Scene scene) {
        dressNow(scene);
    }

    public void set(Mode wanted) {
        mode.set(wanted);
        var base = wanted == Mode.DARK ? new PrimerDark() : new PrimerLight();
        // Compiled beforehand: the text of the same sheet takes 0.3 s of every start.
        Application.setUserAgentStylesheet(base.getUserAgentStylesheetBSS());
        scenes.forEach(this::dressNow);
    }

    public void toggle() {
        set(mode.get() == Mode.DARK ? Mode.LIGHT : Mode.DARK);
    }

    /// The text face of canvases at a size in pixels.
    public static Font text(double size) {
        return Font.font("Inter", size);
    }

    /// The same, heavier.
    public static Font strong(double size) {
        return Font.font("Inter SemiBold", size);
    }

    /// The face whose characters are all as wide as each other.
    public static Font mono(double size) {
        return Font.font("JetBrains Mono", size);
    }

    private void dressNow(Scene scene) {
        var classes = scene.getRoot().getStyleClass();
        classes.removeAll("dark", "light");
        classes.add(mode.get() == Mode.DARK ? "dark" : "light");
    }

    private static void load(String face) {
        try (var in = Theme.class.getResourceAsStream("/com/formdev/flatlaf/fonts/" + face)) {
            // Without the face the sheet's next family is used: plainer, never broken.
            if (in != null) {
                Font.loadFont(in, 13);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the text face " + face, e);
        }
    }

    private static String sheet(String name) {
        return Objects.requireNonNull(Theme.class.getResource("/aque/desktop/" + name))
                .toExternalForm();
    }
}
