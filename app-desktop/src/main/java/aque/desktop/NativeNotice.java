package aque.desktop;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// A notice and a sound of the desktop, made by the program that the system has for it; where there is none, nothing.
/// Waits for that program: not for the FX thread.
final class NativeNotice {
    private static final long PATIENCE = 5;
    private static final String SYSTEM = System.getProperty("os.name").toLowerCase(Locale.ROOT);

    private NativeNotice() {}

    /// Shows it; false when the system has no program for it.
    static boolean show(String title, String sentence) {
        if (SYSTEM.contains("mac")) {
            return ran(List.of(
                    "osascript",
                    "-e",
                    "on run a",
                    "-e",
                    "display notification (item 2 of a) with title (item 1 of a)",
                    "-e",
                    "end run",
                    title,
                    sentence));
        }
        return ran(List.of("notify-send", "--app-name=Aque", "--", title, sentence));
    }

    /// Plays the desktop's own sound of something done; false when the system has no program for it.
    static boolean sound() {
        var programs = List.of(
                List.of("canberra-gtk-play", "-i", "complete"),
                List.of("paplay", "/usr/share/sounds/freedesktop/stereo/complete.oga"),
                List.of("afplay", "/System/Library/Sounds/Glass.aiff"));
        return programs.stream().anyMatch(NativeNotice::ran);
    }

    private static boolean ran(List<String> command) {
        try {
            var process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(PATIENCE, TimeUnit.SECONDS)) {
                process.destroy();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
