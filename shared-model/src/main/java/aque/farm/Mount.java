package aque.farm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A file system at its place, as Linux tells it.
///
/// @param device what is mounted: `/dev/sda1`, `server:/export/show`
/// @param kind `ext4`, `nfs4`, `fuse.sshfs`
public record Mount(String device, Path folder, String kind) {
    static final Path OF_THIS_MACHINE = Path.of("/proc/self/mounts");

    private static final Pattern ESCAPED = Pattern.compile("\\\\([0-7]{3})");

    /// All of this machine, in their order.
    ///
    /// @throws IOException where they are not told
    public static List<Mount> ofThisMachine() throws IOException {
        return of(Files.readAllLines(OF_THIS_MACHINE));
    }

    /// From lines of device, folder, kind and more; what is no such line is left out.
    public static List<Mount> of(List<String> lines) {
        var out = new ArrayList<Mount>();
        for (var line : lines) {
            var words = line.split(" ");
            if (words.length > 2) {
                out.add(new Mount(plain(words[0]), Path.of(plain(words[1])), words[2]));
            }
        }
        return out;
    }

    /// Blanks in names are written as `\040`.
    private static String plain(String word) {
        return ESCAPED.matcher(word)
                .replaceAll(m -> Matcher.quoteReplacement("" + (char) Integer.parseInt(m.group(1), 8)));
    }
}
