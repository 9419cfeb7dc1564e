package aque.demo;

/// A calm sea: waves of deep water whose periods divide the film, so that it runs in a circle.
final class Sea {
    private static final double HIGHEST = 0.20;
    private static final int STEPS = 10;
    /// How often in the film, wave number x and z (their square goes with the fourth power of the first), height.
    private static final double[][] WAVES = {
        {1, 0.30, 0.95, 0.105},
        {1, -0.62, 0.74, 0.060},
        {1, 0.93, 0.42, 0.040},
        {2, 1.60, 3.55, 0.020},
        {2, -2.40, 3.05, 0.017},
        {2, 3.45, 1.85, 0.012},
        {3, 2.10, 8.60, 0.0050},
        {3, -5.70, 6.75, 0.0046},
        {3, 7.10, 5.00, 0.0036},
        {4, -6.00, 14.6, 0.0020},
        {4, 11.2, 11.0, 0.0018},
    };
    private static final int SWELL = 6;

    private final double turn;

    Sea(double turn) {
        this.turn = turn;
    }

    double height(double x, double z) {
        double sum = 0;
        for (int i = 0; i < SWELL; i++) {
            var wave = WAVES[i];
            sum += wave[3] * (Math.exp(Math.sin(phase(wave, x, z)) - 1) - 0.465);
        }
        return sum;
    }

    /// How far along a ray from `eye` the water is; infinite for a ray that goes up.
    double distance(Vec eye, Vec direction) {
        if (direction.y() > -1e-4) {
            return Double.POSITIVE_INFINITY;
        }
        var near = (HIGHEST - eye.y()) / direction.y();
        var far = (-HIGHEST - eye.y()) / direction.y();
        var before = above(eye, direction, near);
        var step = (far - near) / STEPS;
        for (int i = 1; i <= STEPS; i++) {
            var here = above(eye, direction, near + i * step);
            if (here <= 0) {
                return near + step * (i - 1 + before / (before - here));
            }
            before = here;
        }
        return far;
    }

    private double above(Vec eye, Vec direction, double distance) {
        return eye.y()
                + direction.y() * distance
                - height(eye.x() + direction.x() * distance, direction.z() * distance);
    }

    /// The slope there, of what is wider than `blur` metres only; the rest is in [#roughness].
    Vec normal(double x, double z, double blur) {
        double dx = 0;
        double dz = 0;
        for (var wave : WAVES) {
            var phase = phase(wave, x, z);
            var steep = wave[3] * Math.exp(Math.sin(phase) - 1) * Math.cos(phase) * seen(wave, blur);
            dx += steep * wave[1];
            dz += steep * wave[2];
        }
        return new Vec(-dx, 1, -dz).unit();
    }

    /// How steep, in the mean, the waves are that `blur` hides.
    double roughness(double blur) {
        double sum = 0;
        for (var wave : WAVES) {
            var steep = wave[3] * Math.hypot(wave[1], wave[2]) * (1 - seen(wave, blur));
            sum += 0.2 * steep * steep;
        }
        return Math.sqrt(sum);
    }

    private static double seen(double[] wave, double blur) {
        var cycles = Math.hypot(wave[1], wave[2]) * blur / 2.2;
        return Math.exp(-cycles * cycles);
    }

    private double phase(double[] wave, double x, double z) {
        return wave[1] * x + wave[2] * z + wave[0] * turn + 1.7 * wave[1];
    }
}
