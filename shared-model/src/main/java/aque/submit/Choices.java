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

    /// A sentence, and a line for each likely choice as it would be typed.
    static List<String> of(Path path) {
        var out = new ArrayList<String>();
        out.add(path + ": is no job that Aque knows, by its ending; likely is one of these:");
        for (var ending : endings(head(path))) {
            Library.ofUser()
                    .forExtension(ending)
                    .forEach(r -> out.add(
                            "  aque submit --template " + r.name() + " " + quoted(path) + "     " + r.summary()));
        }
        if (Files.isExecutable(path)) {
            out.add("  aque submit -- " + quoted(path) + "     run it as a program");
        } else if (isText(head(path))) {
            out.add("  aque submit -- sh " + quoted(path) + "     run it by the shell");
            out.add("  aque xargs -I {} -a " + quoted(path) + " -- sh -c {}     each of its lines is a command");
        }
        out.add("  aque submit -- PROGRAM " + quoted(path) + "     give it to a program");
        out.add(
                "  what Aque takes: OpenJD templates and bundle folders, scripts, lists in .txt or .csv, jobs of OpenCue"
                        + " (.xml) and Afanasy (.json), and "
                        + Library.ofUser().routines().stream()
                                .flatMap(r -> r.extensions().stream())
                                .map(e -> "." + e)
                                .distinct()
                                .collect(Collectors.joining(" ")));
        return out;
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
