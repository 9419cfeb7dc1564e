package aque.submit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/// The names in folders, each folder read once: a thousand frames by patterns would read theirs a thousand times. For
/// one look; one thread.
public final class FolderNames {
    private final Map<Path, TreeSet<String>> read = new HashMap<>();

    /// Names that begin so, in order; none where the folder is not there or cannot be read.
    Collection<String> in(Path folder, String beginning) {
        return read.computeIfAbsent(folder, FolderNames::names)
                .subSet(beginning, true, beginning + Character.MAX_VALUE, true);
    }

    private static TreeSet<String> names(Path folder) {
        try (var files = Files.newDirectoryStream(folder)) {
            var out = new TreeSet<String>();
            files.forEach(file -> out.add(String.valueOf(file.getFileName())));
            return out;
        } catch (IOException e) {
            return new TreeSet<>(); // what cannot be read is not there for us
        }
    }
}
