package aque.demo;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// 256 colours for a whole film, chosen by median cut, with an ordered dither that stands still between frames.
final class Palette {
    private static final int SIZE = 256;
    private static final int SAMPLE_EVERY = 7;
    private static final double DITHER = 7;
    private static final int[] BAYER = {
        0, 32, 8, 40, 2, 34, 10, 42, 48, 16, 56, 24, 50, 18, 58, 26, 12, 44, 4, 36, 14, 46, 6, 38, 60, 28, 52, 20, 62,
                30,
        54, 22, 3, 35, 11, 43, 1, 33, 9, 41, 51, 19, 59, 27, 49, 17, 57, 25, 15, 47, 7, 39, 13, 45, 5, 37, 63, 31, 55,
                23,
        61, 29, 53, 21
    };

    private final int[] colours;
    private final IndexColorModel model;
    /// The nearest colour for six bits a channel, plus one; 0 where not yet asked for.
    private final int[] nearest = new int[1 << 18];

    private Palette(int[] colours) {
        this.colours = colours;
        this.model = new IndexColorModel(8, colours.length, colours, 0, false, -1, DataBuffer.TYPE_BYTE);
    }

    static Palette of(List<BufferedImage> frames) {
        var sample = frames.stream()
                .flatMapToInt(frame -> Arrays.stream(
                        frame.getRGB(0, 0, frame.getWidth(), frame.getHeight(), null, 0, frame.getWidth())))
                .toArray();
        var some = new int[sample.length / SAMPLE_EVERY];
        for (int i = 0; i < some.length; i++) {
            some[i] = sample[i * SAMPLE_EVERY];
        }
        return new Palette(cut(some));
    }

    /// The box that spreads widest is cut in two at its middle pixel, until there are enough.
    private static int[] cut(int[] pixels) {
        var boxes = new ArrayList<>(List.of(pixels));
        while (boxes.size() < SIZE) {
            var widest = boxes.stream()
                    .max(Comparator.comparingDouble(Palette::weight))
                    .orElseThrow();
            if (spread(widest, widestChannel(widest)) == 0) {
                break;
            }
            boxes.remove(widest);
            var sorted = sorted(widest, widestChannel(widest));
            boxes.add(Arrays.copyOfRange(sorted, 0, sorted.length / 2));
            boxes.add(Arrays.copyOfRange(sorted, sorted.length / 2, sorted.length));
        }
        return boxes.stream().mapToInt(Palette::mean).toArray();
    }

    private static double weight(int[] box) {
        return spread(box, widestChannel(box)) * Math.pow(box.length, 0.35);
    }

    private static int widestChannel(int[] box) {
        var red = spread(box, 16);
        var green = spread(box, 8);
        var blue = spread(box, 0);
        return red >= green && red >= blue ? 16 : green >= blue ? 8 : 0;
    }

    private static int spread(int[] box, int shift) {
        int least = 255;
        int most = 0;
        for (int pixel : box) {
            int value = pixel >> shift & 255;
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
        return most - least;
    }

    private static int[] sorted(int[] box, int shift) {
        var keys = new long[box.length];
        for (int i = 0; i < box.length; i++) {
            keys[i] = (long) (box[i] >> shift & 255) << 32 | box[i] & 0xFFFFFF;
        }
        Arrays.sort(keys);
        return Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
    }

    private static int mean(int[] box) {
        long red = 0;
        long green = 0;
        long blue = 0;
        for (int pixel : box) {
            red += pixel >> 16 & 255;
            green += pixel >> 8 & 255;
            blue += pixel & 255;
        }
        return (int) (red / box.length) << 16 | (int) (green / box.length) << 8 | (int) (blue / box.length);
    }

    BufferedImage reduced(BufferedImage frame) {
        var image = new BufferedImage(frame.getWidth(), frame.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, model);
        for (int y = 0; y < frame.getHeight(); y++) {
            for (int x = 0; x < frame.getWidth(); x++) {
                var shift = DITHER * ((BAYER[(y & 7) * 8 + (x & 7)] + 0.5) / 64 - 0.5);
                image.getRaster().setSample(x, y, 0, index(frame.getRGB(x, y), shift));
            }
        }
        return image;
    }

    private int index(int rgb, double shift) {
        int red = shifted(rgb >> 16, shift);
        int green = shifted(rgb >> 8, shift);
        int blue = shifted(rgb, shift);
        int key = red >> 2 << 12 | green >> 2 << 6 | blue >> 2;
        if (nearest[key] == 0) {
            nearest[key] = search(red, green, blue) + 1;
        }
        return nearest[key] - 1;
    }

    private static int shifted(int channel, double shift) {
        return (int) Math.clamp((channel & 255) + shift, 0, 255);
    }

    private int search(int red, int green, int blue) {
        int best = 0;
        int least = Integer.MAX_VALUE;
        for (int i = 0; i < colours.length; i++) {
            int dr = (colours[i] >> 16 & 255) - red;
            int dg = (colours[i] >> 8 & 255) - green;
            int db = (colours[i] & 255) - blue;
            int away = 3 * dr * dr + 4 * dg * dg + 2 * db * db;
            if (away < least) {
                least = away;
                best = i;
            }
        }
        return best;
    }
}
