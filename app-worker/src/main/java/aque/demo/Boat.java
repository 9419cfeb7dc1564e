package aque.demo;

/// A sailing boat, painted on a plane that stands in the water across the view.
final class Boat {
    private static final double X = -2.35;
    private static final double Z = 16.5;
    private static final Vec HULL = Vec.rgb(0x1A1524);
    private static final Vec STRAKE = Vec.rgb(0xB9503A);
    private static final Vec RIM = Vec.rgb(0xFFAA66);
    private static final Vec SAIL_LOW = Vec.rgb(0xFFBF92);
    private static final Vec SAIL_HIGH = Vec.rgb(0xF79A88);
    private static final Vec LAMP = Vec.rgb(0xFFD489);

    private final double heave;
    private final double lean;
    private final double turn;

    Boat(Sea sea, double turn) {
        this.turn = turn;
        this.heave = 0.6 * sea.height(X, Z);
        this.lean = 0.030 * Math.sin(turn + 0.7) + 0.012;
    }

    /// What a ray meets of it: `share` of `light` before what is behind, and `glow` of the lamp added to all.
    record Hit(double distance, double share, Vec light, double glow) {
        static final Hit NONE = new Hit(Double.POSITIVE_INFINITY, 0, Vec.BLACK, 0);

        Vec over(Vec behind) {
            return behind.mix(light, share).plus(LAMP.times(glow));
        }
    }

    Hit hit(Vec from, Vec direction) {
        var distance = (Z - from.z()) / direction.z();
        if (distance <= 0) {
            return Hit.NONE;
        }
        var x = from.x() + direction.x() * distance - X;
        var y = from.y() + direction.y() * distance - heave;
        var u = x * Math.cos(lean) + y * Math.sin(lean);
        var v = y * Math.cos(lean) - x * Math.sin(lean);
        return Math.abs(u) > 4 || v < -1.5 || v > 6 ? Hit.NONE : painted(distance, u, v);
    }

    private Hit painted(double distance, double u, double v) {
        var glow = lamp(u, v);
        if (inHull(u, v)) {
            return new Hit(distance, 1, hull(u, v), glow);
        }
        if (sailor(u, v) || inMast(u, v) || inRope(u, v)) {
            return new Hit(distance, 1, HULL.plus(RIM.times(0.05)), glow);
        }
        if (inMain(u, v) || inJib(u, v)) {
            return new Hit(distance, 0.97, sail(u, v), glow);
        }
        if (inPennant(u, v)) {
            return new Hit(distance, 1, STRAKE.times(0.8), glow);
        }
        return new Hit(distance, 0, Vec.BLACK, glow);
    }

    // Hull: a sheer line that rises to bow and stern, a stem that leans forward

    private static double sheer(double u) {
        return 0.42 + 0.085 * (u + 0.35) * (u + 0.35);
    }

    private static boolean inHull(double u, double v) {
        var stern = -1.75 + 0.10 * v;
        var stem = 1.55 + 0.62 * v;
        return u > stern && u < stem && v < sheer(u) && v > -1;
    }

    private static Vec hull(double u, double v) {
        var under = sheer(u) - v;
        if (under < 0.045) {
            return HULL.mix(RIM, 0.55);
        }
        if (under < 0.13) {
            return HULL.mix(STRAKE, 0.55);
        }
        return HULL.plus(RIM.times(0.06 * Vec.smooth(0.2, 1.9, u)));
    }

    // Rig

    private static boolean inMast(double u, double v) {
        var mast = Math.abs(u - 0.12) < 0.042 - 0.004 * v && v > 0.3 && v < 4.95;
        var boom = Math.abs(v - 0.86 - 0.02 * u) < 0.032 && u < 0.12 && u > -1.92;
        return mast || boom;
    }

    private static boolean inRope(double u, double v) {
        return Math.abs(u - (0.12 + (4.6 - v) * 0.455)) < 0.011 && v > 0.62 && v < 4.6;
    }

    private static boolean inMain(double u, double v) {
        var share = (v - 0.95) / 3.75;
        if (share < 0 || share > 1) {
            return false;
        }
        var leech = 0.07 - 1.92 * (1 - share) - 0.30 * Math.sin(Math.PI * share);
        return u < 0.07 && u > leech;
    }

    private static boolean inJib(double u, double v) {
        var share = (v - 0.85) / 3.35;
        if (share < 0 || share > 1) {
            return false;
        }
        var luff = 0.12 + (4.55 - v) * 0.445;
        var leech = 0.22 + 0.16 * (1 - share) + 0.17 * Math.sin(Math.PI * share);
        return u > leech && u < luff;
    }

    /// The sun shines through; seams run across, and the cloth is darker where it is double.
    private static Vec sail(double u, double v) {
        var light = SAIL_LOW.mix(SAIL_HIGH, Vec.smooth(0.8, 4.4, v));
        var belly = 0.62 + 0.30 * Math.sin(1.2 + 1.05 * u) + 0.05 * Math.sin(3 * u + 0.8 * v);
        var across = (v + 0.16 * u) * 1.72;
        var seam = 1 - 0.16 * (1 - Vec.smooth(0.0, 0.05, Math.abs(across - Math.rint(across))));
        return light.times(1.02 * belly * seam);
    }

    private boolean inPennant(double u, double v) {
        var along = 0.12 - u;
        if (along < 0 || along > 0.62) {
            return false;
        }
        var middle = 4.93 + 0.055 * Math.sin(9 * along + 2 * turn) * Math.sqrt(along);
        return Math.abs(v - middle) < 0.085 * (1 - along / 0.66);
    }

    private static boolean sailor(double u, double v) {
        var head = Math.hypot(u + 1.14, v - 1.09) < 0.10;
        var body = Math.hypot((u + 1.19 - 0.12 * (v - 0.7)) / 0.17, (v - 0.62) / 0.40) < 1;
        return head || body;
    }

    private double lamp(double u, double v) {
        var flicker = 1 + 0.10 * Math.sin(3 * turn + 1) + 0.06 * Math.sin(5 * turn);
        var away = (u + 1.66) * (u + 1.66) + (v - 1.02) * (v - 1.02);
        return flicker * (3.2 * Math.exp(-away * 420) + 0.30 * Math.exp(-away * 9));
    }
}
