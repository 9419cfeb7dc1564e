package aque.farm;

import java.util.Locale;

/// What the farm calls this machine's platform: `linux`, `windows` or `macos`. A class of its own, so that who asks for
/// nothing else starts nothing else.
public final class PlatformName {
    private PlatformName() {}

    public static String here() {
        var os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        return os.startsWith("mac") ? "macos" : os.startsWith("win") ? "windows" : "linux";
    }
}
