package aque.demo;

/// From light to a screen's colours.
final class Film {
    private static final double EXPOSURE = 1.15;

    private Film() {}

    /// One pixel, `across` and `down` from 0 to 1; darker towards the corners as in a lens.
    static int developed(Vec light, double across, double down) {
        var corner = Math.hypot((across - 0.5) * 1.1, down - 0.5);
        var exposed = light.times(EXPOSURE * (1 - 0.42 * corner * corner));
        return channel(exposed.x()) << 16 | channel(exposed.y()) << 8 | channel(exposed.z());
    }

    /// A curve with a soft shoulder, then what screens expect.
    private static int channel(double light) {
        var curved = light * (1 + light / 9) / (1 + light * 0.92);
        return (int) Math.round(255 * Math.pow(Math.clamp(curved, 0, 1), 1 / 2.2));
    }
}
