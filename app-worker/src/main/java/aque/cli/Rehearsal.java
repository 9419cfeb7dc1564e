package aque.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What the launcher runs once to make the start-up cache: the command that must be quick, against a stand-in for the
/// server, so that the JVM sees every class that it needs and puts them into the cache.
///
/// One command only: all that is in the cache is loaded at every start, needed or not.
public final class Rehearsal {
    private Rehearsal() {}

    public static void main(String[] args) throws IOException {
        Logging.quiet();
        Typed.last(1, "true\0".getBytes(StandardCharsets.UTF_8)); // as the command does with its own
        var nowhere = new PrintStream(OutputStream.nullOutputStream());
        try (var server = StandInServer.start()) {
            var broker = "postgresql://rehearsal@127.0.0.1:" + server.port() + "/rehearsal";
            Runtime.getRuntime()
                    .halt(AqueMain.run(List.of("--broker", broker, "submit", "--", "true"), nowhere, nowhere));
        }
    }
}
