package aque.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Programs as a person starts them, from the shell to their end.
final class Launched {
    /// The launcher of this checkout.
    static final String AQUE = Path.of(System.getProperty("aque.root", "."), "aque")
            .toAbsolutePath()
            .normalize()
            .toString();

    private Launched() {}

    /// How long it took. With nothing on its standard input, and its output thrown away.
    ///
    /// @param environment added to this process's own, without its broker
    static double milliseconds(List<String> command, Map<String, String> environment)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().remove("AQUE_BROKER");
        builder.environment().putAll(environment);
        var began = System.nanoTime();
        var code = builder.start().waitFor();
        if (code != 0) {
            throw new IOException("exit " + code + " of " + String.join(" ", command)
                    + (command.getFirst().endsWith("python3") ? " (Debian's python3-psycopg2 is needed)" : ""));
        }
        return (System.nanoTime() - began) / 1e6;
    }
}
