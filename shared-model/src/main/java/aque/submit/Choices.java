package aque.submit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A file that leads to no job by itself: what it looks like, and what could be done with it.
final class Choices {
    private Choices() {}

    /// One line: what is wrong, each likely choice as it would be typed, and what Aque takes.
    static String of(Path path) {
        var file = quoted(path);
        var head = head(path);
        var likely = endings(head).stream()
                .flatMap(ending -> Library.ofUser().forExtension(ending).stream())
                .map(routine -> "aque submit --template " + routine.name() + " " + file)
                .collect(Collectors.toCollection(ArrayList::new));
        if (Files.isExecutable(path)) {
            likely.add("aque submit -- " + file);
        } else if (isText(head)) {
            likely.add("aque submit -- sh " + file);
            likely.add("aque xargs -I {} -a " + file + " -- sh -c {}");
        }
        likely.add("aque submit -- PROGRAM " + file);
        return path + ": is no job that Aque knows; likely meant: `" + String.join("`, `", likely)
                + "` (it takes OpenJD templates and bundle folders, scripts, lists in .txt or .csv, jobs of OpenCue (.xml)"
                + " and Afanasy (.json), and " + extensions() + ")";
    }

    private static String extensions() {
        return Library.ofUser().routines().stream()
                .flatMap(routine -> routine.extensions().stream())
                .map(extension -> "." + extension)
                .distinct()
                .collect(Collectors.joining(" "));
    }

    /// The endings that files with this beginning usually have.
    private static List<String> endings(byte[] head) {
        var text = new String(head, StandardCharsets.ISO_8859_1);
        if (text.startsWith("BLENDER")) {
            return List.of("blend");
        }
        if (text.startsWith("\u0089PNG")) {
            return List.of("png");
        }
        if (text.startsWith("\u00ff\u00d8\u00ff")) {
            return List.of("jpg");
        }
        if (text.startsWith("v/1\u0001")) {
            return List.of("exr");
        }
        if (text.startsWith("SDPX") || text.startsWith("XPDS")) {
            return List.of("dpx");
        }
        if (text.startsWith("//Maya ASCII")) {
            return List.of("ma");
        }
        if (text.startsWith("#usda") || text.startsWith("PXR-USDC")) {
            return List.of("usd");
        }
        if (text.contains("Nuke") && text.contains("version ")) {
            return List.of("nk");
        }
        return text.length() > 11 && text.startsWith("ftyp", 4) ? List.of("mp4") : List.of();
    }

    private static boolean isText(byte[] head) {
        for (var b : head) {
            if (b >= 0 && b < ' ' && b != '\n' && b != '\r' && b != '\t') {
                return false;
            }
        }
        return head.length > 0;
    }

    private static byte[] head(Path path) {
        try (var in = Files.newInputStream(path)) {
            return in.readNBytes(512);
        } catch (IOException e) {
            return new byte[0];
        }
    }

    private static String quoted(Path path) {
        var word = path.toString();
        return word.matches("[A-Za-z0-9_./:=,@%+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
