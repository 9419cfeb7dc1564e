package aque.desktop;

import java.io.PrintStream;
import java.util.logging.Level;
import java.util.logging.Logger;
import javafx.application.Application;

/// Starts the console: `aque desktop`. It does not extend `Application`, or the launcher of a class path would refuse
/// to start it.
public final class DesktopMain {
    private DesktopMain() {}

    public static void main(String[] arguments) {
        quietLog();
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (IllegalArgumentException e) {
            complain(System.err, String.valueOf(e.getMessage()));
            System.exit(2);
            return;
        }
        if (options.help()) {
            System.out.println(Options.USAGE);
            return;
        }
        DesktopApp.start(options);
        Application.launch(DesktopApp.class);
    }

    /// Libraries tell of their start-up; a person wants to hear of trouble only.
    private static void quietLog() {
        if (System.getProperty("java.util.logging.config.file") == null) {
            Logger.getLogger("").setLevel(Level.WARNING);
        }
    }

    private static void complain(PrintStream to, String sentence) {
        to.println("aque desktop: " + sentence);
        to.println(Options.USAGE);
    }
}
