package aque.desktop;

import aque.desktop.action.Notices;
import aque.desktop.feed.Background;
import aque.desktop.theme.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// Shows a folder in the file manager of this machine, where it is on this machine. FX thread.
record Folders(Background background, Notices notices) {

    void open(String folder) {
        background.run("folder", () -> opened(Path.of(folder)), is -> {
            if (!is) {
                notices.failed(Texts.of("folder.elsewhere", folder));
            }
        });
    }

    private static boolean opened(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        new ProcessBuilder(opener(System.getProperty("os.name").toLowerCase(Locale.ROOT)), folder.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return true;
    }

    private static String opener(String system) {
        return List.of("windows", "mac").stream()
                .filter(system::startsWith)
                .findFirst()
                .map(name -> name.equals("mac") ? "open" : "explorer")
                .orElse("xdg-open");
    }
}
