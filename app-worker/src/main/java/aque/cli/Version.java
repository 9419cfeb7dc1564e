package aque.cli;

import java.io.IOException;
import java.util.Properties;

/// The version and build of this program, written by the build.
final class Version {
    private Version() {}

    static String text() {
        var p = new Properties();
        try (var in = Version.class.getResourceAsStream("version.properties")) {
            if (in != null) {
                p.load(in);
            }
        } catch (IOException e) {
            return "aque";
        }
        return "aque " + p.getProperty("version", "?") + " (build " + p.getProperty("build", "?") + ", Java "
                + Runtime.version().feature() + ")";
    }

    static String number() {
        return text().split(" ")[1];
    }
}
