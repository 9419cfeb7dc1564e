package aque.desktop.graph;

import java.nio.IntBuffer;
import java.util.Arrays;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.paint.Color;

/// Thousands of rectangles and lines, drawn straight into pixels: where nothing is larger than a few of them, a canvas
/// without a graphics card is too slow by far. Coordinates are those of the view. Two images in turn, for the last one
/// may still be on its way to the screen. FX thread.
final class Raster {
    private final Page[] pages = {new Page(1, 1), new Page(1, 1)};
    private int current;
    private double density = 1;
    private int left;
    private int top;
    private int right;
    private int bottom;

    private static final class Page {
        private final int width;
        private final int height;
        private final int[] pixels;
        private final PixelBuffer<IntBuffer> buffer;
        private final WritableImage image;
        private boolean used;

        Page(int width, int height) {
            this.width = width;
            this.height = height;
            this.pixels = new int[width * height];
            this.buffer = new PixelBuffer<>(width, height, IntBuffer.wrap(pixels), PixelFormat.getIntArgbPreInstance());
            this.image = new WritableImage(buffer);
        }
    }

    /// The pixel of an opaque colour.
    static int pixel(Color colour) {
        return 0xff000000
                | (int) Math.round(colour.getRed() * 255) << 16
                | (int) Math.round(colour.getGreen() * 255) << 8
                | (int) Math.round(colour.getBlue() * 255);
    }

    /// Starts a frame for a view of this size, of which each unit has so many pixels.
    void begin(double width, double height, double pixelsPerUnit) {
        density = pixelsPerUnit;
        int w = Math.max(1, (int) Math.ceil(width * density));
        int h = Math.max(1, (int) Math.ceil(height * density));
        current = 1 - current;
        if (page().width != w || page().height != h) {
            pages[current] = new Page(w, h);
        } else if (page().used) {
            Arrays.fill(page().pixels, 0);
        }
        page().used = false;
        left = w;
        top = h;
        right = 0;
        bottom = 0;
    }

    /// Paints what was drawn since `begin`.
    void paint(GraphicsContext g) {
        if (!page().used) {
            return;
        }
        page().buffer.updateBuffer(b -> null);
        double w = right - left;
        double h = bottom - top;
        g.setImageSmoothing(false);
        g.drawImage(page().image, left, top, w, h, left / density, top / density, w / density, h / density);
    }

    /// Fills a rectangle, however small at least one pixel of it.
    void fill(double x, double y, double width, double height, int pixel) {
        int x0 = Math.max(0, (int) Math.round(x * density));
        int y0 = Math.max(0, (int) Math.round(y * density));
        int x1 = Math.min(
                page().width, Math.max((int) Math.round(x * density) + 1, (int) Math.round((x + width) * density)));
        int y1 = Math.min(
                page().height, Math.max((int) Math.round(y * density) + 1, (int) Math.round((y + height) * density)));
        if (x0 >= x1 || y0 >= y1) {
            return;
        }
        for (int row = y0; row < y1; row++) {
            int start = row * page().width;
            Arrays.fill(page().pixels, start + x0, start + x1, pixel);
        }
        mark(x0, y0, x1, y1);
    }

    /// A line one pixel wide, as far as it is in the view.
    void line(double fromX, double fromY, double toX, double toY, int pixel) {
        double dx = (toX - fromX) * density;
        double dy = (toY - fromY) * density;
        double x = fromX * density;
        double y = fromY * density;
        double[] part = {0, 1};
        if (!clip(-dx, x, part)
                || !clip(dx, page().width - 1 - x, part)
                || !clip(-dy, y, part)
                || !clip(dy, page().height - 1 - y, part)) {
            return;
        }
        double x0 = x + part[0] * dx;
        double y0 = y + part[0] * dy;
        double x1 = x + part[1] * dx;
        double y1 = y + part[1] * dy;
        int steps = (int) Math.ceil(Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0)));
        double stepX = steps == 0 ? 0 : (x1 - x0) / steps;
        double stepY = steps == 0 ? 0 : (y1 - y0) / steps;
        int width = page().width;
        for (int i = 0; i <= steps; i++) {
            page().pixels[(int) (y0 + i * stepY) * width + (int) (x0 + i * stepX)] = pixel;
        }
        mark((int) Math.min(x0, x1), (int) Math.min(y0, y1), (int) Math.max(x0, x1) + 1, (int) Math.max(y0, y1) + 1);
    }

    /// Liang and Barsky's: cuts the part of a line that one border leaves; false when it leaves nothing.
    private static boolean clip(double towards, double room, double[] part) {
        if (towards == 0) {
            return room >= 0;
        }
        double at = room / towards;
        if (towards < 0) {
            part[0] = Math.max(part[0], at);
        } else {
            part[1] = Math.min(part[1], at);
        }
        return part[0] <= part[1];
    }

    private Page page() {
        return pages[current];
    }

    private void mark(int x0, int y0, int x1, int y1) {
        page().used = true;
        left = Math.min(left, x0);
        top = Math.min(top, y0);
        right = Math.max(right, Math.min(x1, page().width));
        bottom = Math.max(bottom, Math.min(y1, page().height));
    }
}
