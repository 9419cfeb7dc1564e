package aque.submit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The folders that say how things are done here, from the widest to the nearest: site, show, queue, user. What a
/// nearer
/// one says goes before. Each may hold `templates/` and `environment`. Reads files; any thread but the FX one.
///
/// @param folders the nearest last; some may not be there
record Layers(List<Path> folders) {
    private static final String SITE = "/etc/aque";

    Layers {
        folders = List.copyOf(folders);
    }

    static Layers ofUser() {
        return of(System.getenv());
    }

    /// `AQUE_SITE` (`/etc/aque`), `AQUE_SHOW` and `AQUE_QUEUE` name folders, set by the studio's own set-up of a shell;
    /// the user's is `aque` in the configuration folder.
    static Layers of(Map<String, String> environment) {
        var out = new ArrayList<Path>();
        out.add(Path.of(environment.getOrDefault("AQUE_SITE", SITE)));
        for (var name : List.of("AQUE_SHOW", "AQUE_QUEUE")) {
            var folder = environment.getOrDefault(name, "");
            if (!folder.isBlank()) {
                out.add(Path.of(folder));
            }
        }
        var home = environment.getOrDefault("HOME", System.getProperty("user.home"));
        var own = environment.getOrDefault("AQUE_HOME", "");
        out.add(
                own.isBlank()
                        ? Path.of(environment.getOrDefault("XDG_CONFIG_HOME", home + "/.config"), "aque")
                        : Path.of(own, "config"));
        return new Layers(out);
    }

    /// A folder in each, also where it is not there.
    List<Path> folders(String name) {
        return folders.stream().map(f -> f.resolve(name)).toList();
    }

    /// The lines of a file in each that has one, the nearest last; empty lines and those that begin with `#` left out.
    List<String> lines(String name) {
        var out = new ArrayList<String>();
        for (var folder : folders) {
            var file = folder.resolve(name);
            if (!Files.isRegularFile(file)) {
                continue;
            }
            try {
                for (var line : Files.readAllLines(file)) {
                    if (!line.isBlank() && !line.startsWith("#")) {
                        out.add(line.strip());
                    }
                }
            } catch (IOException e) {
                throw new SubmitException(file + ": may not be read: " + e.getMessage());
            }
        }
        return out;
    }
}
