package aque.demo;

/// The light that comes from a direction at dusk.
final class Sky {
    static final Vec SUN = new Vec(0.17, 0.034, 1).unit();
    private static final Vec HORIZON = Vec.rgb(0xFFB37A);
    private static final Vec LOW = Vec.rgb(0xE8788A);
    private static final Vec MIDDLE = Vec.rgb(0x6A4E92);
    private static final Vec HIGH = Vec.rgb(0x1B2A58);
    private static final Vec TOP = Vec.rgb(0x0B1533);
    private static final Vec GLOW = Vec.rgb(0xFF8A3C);
    private static final Vec DISC = Vec.rgb(0xFFDDA0);
    private static final Vec LIT = Vec.rgb(0xFF9A76);
    private static final Vec SHADED = Vec.rgb(0x4A3F74);
    private static final Vec HILLS = Vec.rgb(0x4B3A63);

    private final Clouds clouds;
    private final double turn;

    /// `turn` goes from 0 to 2π through the film.
    Sky(Clouds clouds, double turn) {
        this.clouds = clouds;
        this.turn = turn;
    }

    /// Everything that is to be seen there.
    Vec seen(Vec direction) {
        var light = lit(direction);
        var away = Math.hypot(direction.x() - SUN.x(), direction.y() - SUN.y());
        var disc = 1 - Vec.smooth(0.0235, 0.0265, away);
        light = light.plus(DISC.times(4.5 * disc));
        light = light.plus(stars(direction).times(1 - Vec.smooth(0.06, 0.16, light.x())));
        light = light.times(1 - 0.85 * gulls(direction));
        return hills(direction, light);
    }

    /// Without what is too sharp to be mirrored in waves.
    Vec lit(Vec direction) {
        var up = Math.max(direction.y(), 0);
        var towardsSun = Math.max(direction.dot(SUN), 0);
        var light = gradient(up);
        light = light.plus(GLOW.times(0.55 * Math.pow(towardsSun, 12) * Math.exp(-5 * up)));
        light = light.plus(GLOW.times(1.1 * Math.pow(towardsSun, 160)));
        light = light.plus(DISC.times(1.6 * Math.pow(towardsSun, 1400)));
        return clouded(direction, light, up, towardsSun);
    }

    private static Vec gradient(double up) {
        var light = HORIZON.mix(LOW, Vec.smooth(0, 0.085, up));
        light = light.mix(MIDDLE, Vec.smooth(0.04, 0.19, up));
        light = light.mix(HIGH, Vec.smooth(0.13, 0.33, up));
        return light.mix(TOP, Vec.smooth(0.26, 0.60, up));
    }

    private Vec clouded(Vec direction, Vec light, double up, double towardsSun) {
        if (up < 0.004) {
            return light;
        }
        // Layers seen from the side: long streaks, thinner towards the horizon.
        var x = direction.x() / direction.z();
        var layer = Math.pow(up, 0.62);
        var thick = clouds.at(0.11 + 0.42 * x + 0.25 * layer, 0.15 + 2.3 * layer + 0.16 * x);
        var cover = Vec.smooth(0.22, 0.95, thick) * Vec.smooth(0.004, 0.05, up);
        // Lit from below and from behind: bright where thin, bright towards the sun.
        var warm = Math.pow(towardsSun, 5) * (1 - 0.55 * thick) + 0.30 * Math.exp(-7 * up);
        var cloud = SHADED.mix(LIT, 0.15 + warm).times(0.62 + 0.75 * Math.pow(towardsSun, 24));
        return light.mix(cloud, 0.78 * cover * (1 - 0.35 * Vec.smooth(0.2, 0.5, up)));
    }

    private Vec stars(Vec direction) {
        var cell = 0.018;
        var u = direction.x() / direction.z() / cell;
        var v = direction.y() / direction.z() / cell;
        var hash = hash(Math.floor(u), Math.floor(v));
        if (hash < 0.86) {
            return Vec.BLACK;
        }
        var x = u - Math.floor(u) - 0.25 - 0.5 * hash(Math.floor(v), Math.floor(u) + 9);
        var y = v - Math.floor(v) - 0.25 - 0.5 * hash(Math.floor(u) + 5, Math.floor(v));
        var twinkle = 0.65 + 0.35 * Math.sin(turn * (1 + Math.floor(hash * 97) % 2) + 40 * hash);
        var height = Vec.smooth(0.14, 0.30, direction.y());
        var size = (hash - 0.86) / 0.14;
        return new Vec(0.8, 0.88, 1).times(1.5 * size * twinkle * height * Math.exp(-(x * x + y * y) * 260));
    }

    private static double hash(double a, double b) {
        var value = Math.sin(a * 127.1 + b * 311.7) * 43758.5453;
        return value - Math.floor(value);
    }

    /// Three gulls, each two bent strokes that beat twice in the film.
    private double gulls(Vec direction) {
        return Math.max(
                gull(direction, 0.215, 0.185, 0.017, 0),
                Math.max(gull(direction, 0.262, 0.160, 0.012, 2), gull(direction, 0.185, 0.150, 0.010, 4)));
    }

    private double gull(Vec direction, double x, double y, double span, double phase) {
        var beat = Math.sin(2 * turn + phase);
        var u = Math.abs(direction.x() / direction.z() - x) / span;
        var v = (direction.y() / direction.z() - y - 0.12 * span * Math.sin(2 * turn + phase + 2)) / span;
        if (u > 1) {
            return 0;
        }
        var wing = (0.55 + 0.35 * beat) * Math.sin(Math.PI * 0.62 * u) - 0.30 * u * u;
        return 1 - Vec.smooth(0.07 * (1.15 - u), 0.17 * (1.15 - u) + 0.02, Math.abs(v - wing));
    }

    private static Vec hills(Vec direction, Vec light) {
        var x = direction.x() / direction.z();
        var near = ridge(x + 0.31, 0.20, 0.030) + 0.003 * Math.sin(61 * x) + 0.0016 * Math.sin(149 * x + 1);
        var farther = ridge(x + 0.10, 0.24, 0.017) + ridge(x - 0.46, 0.16, 0.020) + 0.0016 * Math.sin(83 * x + 2);
        var y = direction.y() / direction.z();
        var haze = light.mix(HORIZON, 0.35);
        var distant = light.mix(HILLS.mix(haze, 0.52), 1 - Vec.smooth(farther - 0.0008, farther + 0.0008, y));
        return distant.mix(HILLS.mix(haze, 0.22), 1 - Vec.smooth(near - 0.0008, near + 0.0008, y));
    }

    private static double ridge(double x, double width, double height) {
        return height * Math.exp(-x * x / (width * width)) - 0.004;
    }
}
