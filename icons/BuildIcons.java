// SPDX-License-Identifier: Apache-2.0

import java.awt.AlphaComposite;
import java.awt.Color;
import java.awt.LinearGradientPaint;
import java.awt.Paint;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.geom.Point2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;

/// Makes `app-SIZE.png` from `app.svg`, for windows and installers that take no SVG: `build-icons` beside it. Reads only
/// what our masters use: `path` with M, L, Q, C, Z and a colour, or a vertical gradient in user space.
final class BuildIcons {
    private static final List<Integer> SIZES = List.of(16, 32, 48, 64, 128, 256, 512);
    private static final Pattern GRADIENT = Pattern.compile("<linearGradient id=\"(\\w+)\"(.*?)</linearGradient>", Pattern.DOTALL);
    private static final Pattern STOP = Pattern.compile("offset=\"([\\d.]+)\" stop-color=\"(#\\w+)\"");
    private static final Pattern SHAPE = Pattern.compile("<path ([^>]*)/>");
    private static final double BOX = 512;

    private BuildIcons() {}

    public static void main(String[] arguments) throws IOException {
        System.setProperty("java.awt.headless", "true");
        var folder = Path.of(arguments[0]);
        var svg = Files.readString(folder.resolve("app.svg"));
        for (int size : SIZES) {
            ImageIO.write(draw(svg, size), "png", folder.resolve("app-" + size + ".png").toFile());
        }
    }

    private static BufferedImage draw(String svg, int size) {
        var image = new BufferedImage(size, size, BufferedImage.TYPE_INT_ARGB);
        var pen = image.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        pen.scale(size / BOX, size / BOX);
        var paints = gradients(svg);
        for (Matcher shape = SHAPE.matcher(svg); shape.find(); ) {
            var fill = attribute(shape.group(1), "fill", "#000000");
            var opacity = Float.parseFloat(attribute(shape.group(1), "fill-opacity", "1"));
            pen.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, opacity));
            pen.setPaint(fill.startsWith("url") ? paints.get(fill.substring(5, fill.length() - 1)) : Color.decode(fill));
            pen.fill(outline(attribute(shape.group(1), "d", "")));
        }
        pen.dispose();
        return image;
    }

    private static Map<String, Paint> gradients(String svg) {
        var paints = new HashMap<String, Paint>();
        for (Matcher gradient = GRADIENT.matcher(svg); gradient.find(); ) {
            var stops = STOP.matcher(gradient.group(2)).results().toList();
            var offsets = new float[stops.size()];
            var colours = new Color[stops.size()];
            for (int i = 0; i < stops.size(); i++) {
                offsets[i] = Float.parseFloat(stops.get(i).group(1));
                colours[i] = Color.decode(stops.get(i).group(2));
            }
            var from = new Point2D.Double(0, Double.parseDouble(attribute(gradient.group(2), "y1", "0")));
            var to = new Point2D.Double(0, Double.parseDouble(attribute(gradient.group(2), "y2", "0")));
            paints.put(gradient.group(1), new LinearGradientPaint(from, to, offsets, colours));
        }
        return paints;
    }

    private static String attribute(String text, String name, String otherwise) {
        var matcher = Pattern.compile("(?<![\\w-])" + name + "=\"([^\"]*)\"").matcher(text);
        return matcher.find() ? matcher.group(1) : otherwise;
    }

    private static Path2D outline(String data) {
        var path = new Path2D.Double();
        try (var scanner = new Scanner(data.replaceAll("([MLQCZ])", " $1 "))) {
            while (scanner.hasNext()) {
                segment(path, scanner.next().charAt(0), scanner);
            }
        }
        return path;
    }

    private static void segment(Path2D path, char command, Scanner in) {
        switch (command) {
            case 'M' -> path.moveTo(number(in), number(in));
            case 'L' -> path.lineTo(number(in), number(in));
            case 'Q' -> path.quadTo(number(in), number(in), number(in), number(in));
            case 'C' -> path.curveTo(number(in), number(in), number(in), number(in), number(in), number(in));
            case 'Z' -> path.closePath();
            default -> throw new IllegalArgumentException("path command " + command);
        }
    }

    private static double number(Scanner in) {
        return Double.parseDouble(in.next());
    }
}
