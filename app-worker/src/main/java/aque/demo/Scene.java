package aque.demo;

import java.awt.image.BufferedImage;
import java.util.function.IntConsumer;

/// A boat at dusk at one moment of the film: rays from the eye into the picture.
final class Scene {
    static final int WIDTH = 480;
    static final int HEIGHT = 270;
    private static final int SAMPLES = 3;
    private static final double WIDE = 0.47;
    private static final double HORIZON = 0.585;
    private static final Vec EYE = new Vec(0, 1.35, 0);
    private static final Vec DEEP = Vec.rgb(0x0C2236);
    private static final Vec CREST = Vec.rgb(0x2D6A7A);
    private static final Vec HAZE = Vec.rgb(0xE08C7C);

    private final Sky sky;
    private final Sea sea;
    private final Boat boat;

    /// `moment` from 0 to 1; 1 is the first picture again.
    Scene(Clouds clouds, double moment) {
        var turn = 2 * Math.PI * moment;
        this.sky = new Sky(clouds, turn);
        this.sea = new Sea(turn);
        this.boat = new Boat(sea, turn);
    }

    /// A second or two of work; `progress` is told per cent.
    BufferedImage render(IntConsumer progress) {
        var image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                image.setRGB(x, y, Film.developed(pixel(x, y), (x + 0.5) / WIDTH, (y + 0.5) / HEIGHT));
            }
            if ((y + 1) % (HEIGHT / 10) == 0) {
                progress.accept(100 * (y + 1) / HEIGHT);
            }
        }
        return image;
    }

    private Vec pixel(int x, int y) {
        var sum = Vec.BLACK;
        for (int i = 0; i < SAMPLES * SAMPLES; i++) {
            var dx = (i % SAMPLES + 0.5) / SAMPLES;
            var dy = (i / SAMPLES + 0.5) / SAMPLES;
            // Cut before the mean: one spark of the sun must not burn the whole pixel.
            sum = sum.plus(cut(light(direction((x + dx) / WIDTH, (y + dy) / HEIGHT))));
        }
        return sum.times(1.0 / (SAMPLES * SAMPLES));
    }

    private static Vec cut(Vec light) {
        return new Vec(Math.min(light.x(), 4), Math.min(light.y(), 4), Math.min(light.z(), 4));
    }

    /// The lens is shifted, not tilted: the mast stays upright.
    private static Vec direction(double across, double down) {
        return new Vec((across - 0.5) * 2 * WIDE, (HORIZON - down) * 2 * WIDE * HEIGHT / WIDTH, 1).unit();
    }

    private Vec light(Vec direction) {
        var water = sea.distance(EYE, direction);
        var hit = boat.hit(EYE, direction);
        var behind = Double.isInfinite(water) ? sky.seen(direction) : water(direction, water);
        return hit.distance() < water ? hit.over(behind) : behind;
    }

    private Vec water(Vec direction, double distance) {
        var place = EYE.plus(direction.times(distance));
        var blur = 0.0012 * distance / Math.max(-direction.y(), 0.01);
        var normal = sea.normal(place.x(), place.z(), blur);
        var rough = sea.roughness(blur);
        var facing = Math.max(-direction.dot(normal), 0.02);
        var mirrored = Vec.reflect(direction, normal);
        // Waves too small to be seen turn the mirror up: that is why far water shows the higher, darker sky.
        mirrored = new Vec(mirrored.x(), Math.abs(mirrored.y()) + 0.5 * rough, mirrored.z()).unit();
        var mirror = boat.hit(place, mirrored).over(sky.lit(mirrored)).plus(sparkle(mirrored, rough));
        var share = 0.02 + 0.98 * Math.pow(1 - facing, 5) / (1 + 9 * rough);
        var body = DEEP.mix(CREST, Vec.smooth(0.0, 0.14, place.y()) * 0.5);
        return body.mix(mirror, share).mix(HAZE, 0.55 * (1 - Math.exp(-distance / 420)));
    }

    private static Vec sparkle(Vec mirrored, double rough) {
        var sharp = 1 / (0.00045 + 0.6 * rough * rough);
        var away = 1 - Math.max(mirrored.dot(Sky.SUN), 0);
        return new Vec(1, 0.66, 0.36).times(2.6 * Math.exp(-away * sharp) * Math.sqrt(Math.min(sharp / 900, 1)));
    }
}
