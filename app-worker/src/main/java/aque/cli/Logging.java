package aque.cli;

import aque.farm.WorkerLogStore;
import java.util.function.Consumer;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// Log lines on stderr: time, level, text. Commands say nothing below a warning, a worker tells what it does.
final class Logging {
    private Logging() {}

    /// Held, or the level set on it would go with it. Asked for after [#startUnconfigured].
    private static final class Ours {
        static final Logger LOGGER = Logger.getLogger("aque");
    }

    static void quiet() {
        startUnconfigured();
        var handler = new ConsoleHandler();
        handler.setLevel(Level.ALL);
        handler.setFormatter(new Line());
        Logger.getLogger("").addHandler(handler);
        Logger.getLogger("").setLevel(Level.SEVERE);
        Ours.LOGGER.setLevel(Level.WARNING);
    }

    /// The log manager reads no configuration while there is no standard output yet, as early in the JVM's start.
    /// Reading it, to throw it away, opens every jar of the class path: 20 ms of each command.
    private static void startUnconfigured() {
        var out = System.out;
        System.setOut(null);
        LogManager.getLogManager();
        System.setOut(out);
    }

    static void talkative() {
        Ours.LOGGER.setLevel(System.getenv("AQUE_DEBUG") == null ? Level.INFO : Level.ALL);
    }

    /// From now on this hears each line, too.
    static void alsoTo(Consumer<WorkerLogStore.Line> listener) {
        Ours.LOGGER.addHandler(new Listening(listener));
    }

    private static final class Listening extends Handler {
        private final Consumer<WorkerLogStore.Line> listener;

        private Listening(Consumer<WorkerLogStore.Line> listener) {
            this.listener = listener;
            setFormatter(new Line());
        }

        @Override
        public void publish(LogRecord r) {
            var cause = r.getThrown() == null ? "" : ": " + r.getThrown();
            var text = Line.oneLine(getFormatter().formatMessage(r) + cause);
            listener.accept(new WorkerLogStore.Line(r.getInstant(), r.getLevel().getName(), text));
        }

        @Override
        public void flush() {
            // Nothing waits here.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
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
