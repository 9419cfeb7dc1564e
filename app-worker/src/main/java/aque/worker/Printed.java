package aque.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/// What a short command of the operator's prints. Stateless; for threads that may wait.
final class Printed {
    private Printed() {}

    /// @param patience seconds; then the command is ended
    /// @throws IOException when it does not end well in time
    static String by(String command, long patience) throws IOException, InterruptedException {
        var process = new ProcessBuilder("sh", "-c", command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (!process.waitFor(patience, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException("`" + command + "` does not end well");
            }
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } finally {
            process.destroyForcibly();
        }
    }
}
