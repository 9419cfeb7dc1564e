package aque.demo;

/// Three numbers: a place, a direction or the light of a colour.
record Vec(double x, double y, double z) {
    static final Vec BLACK = new Vec(0, 0, 0);

    /// A colour as in a paint program, as light.
    static Vec rgb(int hex) {
        return new Vec(light(hex >> 16), light(hex >> 8), light(hex));
    }

    private static double light(int channel) {
        return Math.pow((channel & 255) / 255.0, 2.2);
    }

    Vec plus(Vec o) {
        return new Vec(x + o.x, y + o.y, z + o.z);
    }

    Vec times(double f) {
        return new Vec(x * f, y * f, z * f);
    }

    Vec times(Vec o) {
        return new Vec(x * o.x, y * o.y, z * o.z);
    }

    double dot(Vec o) {
        return x * o.x + y * o.y + z * o.z;
    }

    Vec unit() {
        return times(1 / Math.sqrt(dot(this)));
    }

    /// From this at `share` 0 to `o` at 1, no further.
    Vec mix(Vec o, double share) {
        var s = Math.clamp(share, 0, 1);
        return new Vec(x + (o.x - x) * s, y + (o.y - y) * s, z + (o.z - z) * s);
    }

    /// Where a direction goes from a surface with this normal.
    static Vec reflect(Vec direction, Vec normal) {
        return direction.plus(normal.times(-2 * direction.dot(normal)));
    }

    static double smooth(double from, double to, double value) {
        var t = Math.clamp((value - from) / (to - from), 0, 1);
        return t * t * (3 - 2 * t);
    }
}
