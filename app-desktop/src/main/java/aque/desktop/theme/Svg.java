package aque.desktop.theme;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import javafx.scene.Group;
import javafx.scene.Node;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.StackPane;
import javafx.scene.paint.Color;
import javafx.scene.paint.Paint;
import javafx.scene.shape.Rectangle;
import javafx.scene.shape.SVGPath;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/// A glyph in one colour: the one path of an SVG master in a box of 16 units. Who shows it gives the colour. Becomes a
/// node, or is painted on a canvas.
record Svg(String path) {
    private static final double BOX = 16;

    /// Reads a glyph. A missing or broken one throws: it is a fault in the program.
    static Svg read(String resource) {
        try (InputStream in = Svg.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("no glyph " + resource);
            }
            var paths = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(in)
                    .getElementsByTagName("path");
            return new Svg(((Element) paths.item(0)).getAttribute("d"));
        } catch (IOException | SAXException | ParserConfigurationException e) {
            throw new UncheckedIOException(new IOException("cannot read glyph " + resource, e));
        }
    }

    /// A node of the given size in pixels. Its shape carries the class `glyph-fill`.
    Node node(double size) {
        var shape = new SVGPath();
        shape.setContent(path);
        shape.getStyleClass().add("glyph-fill");
        var box = new Group(new Rectangle(BOX, BOX, Color.TRANSPARENT), shape);
        box.setScaleX(size / BOX);
        box.setScaleY(size / BOX);
        var pane = new StackPane(box);
        pane.setMinSize(size, size);
        pane.setPrefSize(size, size);
        pane.setMaxSize(size, size);
        pane.getStyleClass().add(Style.GLYPH);
        return pane;
    }

    /// Paints it with its upper left corner at `x`, `y`.
    void paint(GraphicsContext g, double x, double y, double size, Paint colour) {
        g.save();
        g.translate(x, y);
        g.scale(size / BOX, size / BOX);
        g.setFill(colour);
        g.beginPath();
        g.appendSVGPath(path);
        g.fill();
        g.restore();
    }
}
