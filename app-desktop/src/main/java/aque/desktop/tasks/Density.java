package aque.desktop.tasks;

import aque.desktop.theme.Texts;
import java.util.Arrays;
import java.util.Locale;

/// How far apart the lines of the tree stand.
public enum Density {
    CLOSE(22),
    USUAL(28),
    WIDE(36);

    private final double height;

    Density(double height) {
        this.height = height;
    }

    /// Height of a line in pixels.
    double height() {
        return height;
    }

    /// Its name for people.
    public String word() {
        return Texts.of("density." + name().toLowerCase(Locale.ROOT));
    }

    /// The next one, after the widest the closest.
    public Density next() {
        return values()[(ordinal() + 1) % values().length];
    }

    /// Reads what the settings keep; what nobody wrote is the usual one.
    static Density of(String name) {
        return Arrays.stream(values())
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElse(USUAL);
    }
}
