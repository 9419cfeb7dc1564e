package aque.demo;

import java.awt.image.BufferedImage;
import java.util.Random;
import java.util.function.IntConsumer;

/// How thick the clouds are, as a picture that repeats in both directions: the texture that all frames share.
final class Clouds {
    static final int SIZE = 768;
    private static final int OCTAVES = 7;
    private static final int LATTICE = 256;

    private final double[] random = new Random(7).doubles(LATTICE * LATTICE).toArray();
    private final BufferedImage image;

    private Clouds(BufferedImage image) {
        this.image = image;
    }

    /// Some seconds of work; `progress` is told per cent.
    static BufferedImage bake(IntConsumer progress) {
        var clouds = new Clouds(new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_BYTE_GRAY));
        for (int y = 0; y < SIZE; y++) {
            for (int x = 0; x < SIZE; x++) {
                clouds.image.getRaster().setSample(x, y, 0, (int) (255 * clouds.thickness(x, y)));
            }
            if ((y + 1) % (SIZE / 8) == 0) {
                progress.accept(100 * (y + 1) / SIZE);
            }
        }
        return clouds.image;
    }

    static Clouds of(BufferedImage baked) {
        return new Clouds(baked);
    }

    /// Between the texture's pixels; 1 is one whole picture.
    double at(double u, double v) {
        var x = (u - Math.floor(u)) * SIZE;
        var y = (v - Math.floor(v)) * SIZE;
        int ix = (int) x;
        int iy = (int) y;
        var top = sample(ix, iy) + (sample(ix + 1, iy) - sample(ix, iy)) * (x - ix);
        var bottom = sample(ix, iy + 1) + (sample(ix + 1, iy + 1) - sample(ix, iy + 1)) * (x - ix);
        return top + (bottom - top) * (y - iy);
    }

    private double sample(int x, int y) {
        return image.getRaster().getSample(x % SIZE, y % SIZE, 0) / 255.0;
    }

    /// Noise that is bent by noise: wisps in place of blobs.
    private double thickness(int x, int y) {
        var u = x / (double) SIZE;
        var v = y / (double) SIZE;
        var bendU = fractal(u, v, 4) - 0.5;
        var bendV = fractal(u + 0.37, v + 0.71, 4) - 0.5;
        var value = fractal(u + 0.35 * bendU, v + 0.35 * bendV, 5);
        return Vec.smooth(0.42, 0.78, value);
    }

    private double fractal(double u, double v, int cells) {
        double sum = 0;
        double weight = 0.5;
        for (int octave = 0; octave < OCTAVES; octave++) {
            sum += weight * noise(u * cells, v * cells, cells, octave);
            weight *= 0.52;
            cells *= 2;
        }
        return sum;
    }

    private double noise(double x, double y, int period, int seed) {
        int ix = (int) Math.floor(x);
        int iy = (int) Math.floor(y);
        var fx = Vec.smooth(0, 1, x - ix);
        var fy = Vec.smooth(0, 1, y - iy);
        var top = lattice(ix, iy, period, seed) * (1 - fx) + lattice(ix + 1, iy, period, seed) * fx;
        var bottom = lattice(ix, iy + 1, period, seed) * (1 - fx) + lattice(ix + 1, iy + 1, period, seed) * fx;
        return top * (1 - fy) + bottom * fy;
    }

    private double lattice(int x, int y, int period, int seed) {
        int column = (Math.floorMod(x, period) + 31 * seed) % LATTICE;
        int row = (Math.floorMod(y, period) + 57 * seed) % LATTICE;
        return random[row * LATTICE + column];
    }
}
