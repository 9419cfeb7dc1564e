package aque.cli;

import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// Log lines on stderr: time, level, text. Commands say nothing below a warning, a worker tells what it does.
final class Logging {
    private static final Logger OURS = Logger.getLogger("aque");

    private Logging() {}

    static void quiet() {
        LogManager.getLogManager().reset();
        var handler = new ConsoleHandler();
        handler.setLevel(Level.ALL);
        handler.setFormatter(new Line());
        Logger.getLogger("").addHandler(handler);
        Logger.getLogger("").setLevel(Level.SEVERE);
        OURS.setLevel(Level.WARNING);
    }

    static void talkative() {
        OURS.setLevel(System.getenv("AQUE_DEBUG") == null ? Level.INFO : Level.ALL);
    }

    private static final class Line extends Formatter {
        @Override
        public String format(LogRecord r) {
            var text =
                    String.format("%1$tF %1$tT %2$-7s %3$s%n", r.getMillis(), r.getLevel(), oneLine(formatMessage(r)));
            if (r.getThrown() == null) {
                return text;
            }
            var trace = new java.io.StringWriter();
            r.getThrown().printStackTrace(new java.io.PrintWriter(trace));
            return text + trace;
        }

        /// Nothing from a row or a message can forge a line of ours.
        private static String oneLine(String s) {
            return s.replaceAll("[\\p{Cntrl}&&[^\t]]", "?");
        }
    }
}
