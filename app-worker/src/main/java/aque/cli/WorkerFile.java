package aque.cli;

import aque.local.UserFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A worker's configuration file: a long option of `aque worker` a line, without its dashes, then its value. What was
/// typed wins.
final class WorkerFile {
    private static final Path SITE = Path.of("/etc/aque/worker.conf");

    private WorkerFile() {}

    /// The file that was named, else the user's, else the site's; empty when there is none.
    static Optional<Path> find(Optional<String> named) {
        if (named.isPresent()) {
            return named.map(Path::of);
        }
        var own = UserFolders.ofEnvironment().data().resolve("worker.conf");
        return List.of(own, SITE).stream().filter(Files::isReadable).findFirst();
    }

    /// Its lines as options.
    static List<String> options(Path file) {
        try {
            var out = new ArrayList<String>();
            for (var line : Files.readAllLines(file)) {
                var text = line.strip();
                if (!text.isEmpty() && !text.startsWith("#")) {
                    var part = text.split("[\\s=]+", 2);
                    out.add("--" + part[0] + (part.length > 1 ? "=" + part[1] : ""));
                }
            }
            return out;
        } catch (IOException e) {
            throw new UsageException("cannot read " + file + ": " + e.getMessage());
        }
    }
}
