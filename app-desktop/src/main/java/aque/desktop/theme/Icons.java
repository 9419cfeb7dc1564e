package aque.desktop.theme;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.image.Image;
import javafx.scene.paint.Paint;
import org.kordamp.ikonli.javafx.FontIcon;

/// The glyphs of the states, from `icons`, and the small signs on buttons and menus.
public final class Icons {
    private static final Map<Tone, Svg> GLYPHS = Arrays.stream(Tone.values())
            .collect(Collectors.toMap(
                    Function.identity(), t -> read(t.key()), (a, b) -> a, () -> new EnumMap<>(Tone.class)));

    private Icons() {}

    /// Paints the glyph of a state on a canvas, its upper left corner at `x`, `y`.
    public static void paint(Tone tone, GraphicsContext g, double x, double y, double size, Paint colour) {
        drawing(tone).paint(g, x, y, size, colour);
    }

    /// The glyph of a state in its colour; its word is its accessible text.
    public static Node glyph(Tone tone, double size) {
        var node = drawing(tone).node(size);
        node.getStyleClass().add(Style.tone(tone));
        node.setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        node.setAccessibleText(tone.word());
        return node;
    }

    /// The sign of Aque itself, in the sizes that windows ask for.
    public static List<Image> app() {
        return Stream.of(16, 32, 48, 64, 128, 256).map(Icons::app).toList();
    }

    /// The sign of Aque at one of its sizes.
    public static Image app(int size) {
        return new Image(
                Objects.requireNonNull(Icons.class.getResourceAsStream("/aque/desktop/icons/app-" + size + ".png")));
    }

    /// A sign of the icon font, by its Ikonli literal.
    public static FontIcon sign(String literal) {
        return new FontIcon(literal);
    }

    private static Svg drawing(Tone tone) {
        return Objects.requireNonNull(GLYPHS.get(tone));
    }

    private static Svg read(String name) {
        return Svg.read("/aque/desktop/icons/" + name + ".svg");
    }
}
