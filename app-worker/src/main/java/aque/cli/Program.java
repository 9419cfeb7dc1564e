package aque.cli;

import aque.posix.Exec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The program that this process runs, and the one that is on the disk now. Any thread.
final class Program {
    private static final Logger log = LoggerFactory.getLogger(Program.class);
    /// A launcher may have to build first.
    private static final long PATIENCE_S = 300;

    private final List<Path> files;
    private String stamp;

    private Program(List<Path> files) {
        this.files = List.copyOf(files);
        this.stamp = look();
    }

    /// As it is now. The file that `AQUE_PROGRAM` names changes when the program does; else its own jars tell.
    static Program now() {
        var named = Optional.ofNullable(System.getenv("AQUE_PROGRAM")).filter(n -> !n.isBlank());
        return new Program(named.map(n -> List.of(Path.of(n)))
                .orElseGet(() -> Arrays.stream(
                                System.getProperty("java.class.path").split(":"))
                        .filter(p -> !p.isEmpty())
                        .map(Path::of)
                        .toList()));
    }

    /// Whether another one is there than the last time that this was asked.
    synchronized boolean hasChanged() {
        var now = look();
        var changed = !now.equals(stamp);
        stamp = now;
        return changed;
    }

    private String look() {
        var out = new StringBuilder();
        for (var file : files) {
            try {
                out.append(file)
                        .append(Files.getLastModifiedTime(file))
                        .append(Files.size(file))
                        .append('\n');
            } catch (IOException e) {
                out.append("none\n"); // an upgrade is under way
            }
        }
        return out.toString();
    }

    /// Whether the new program starts at all: tasks are not left to one that does not.
    boolean starts() {
        var argv = new ArrayList<>(command());
        argv.add("--version");
        try {
            var process = new ProcessBuilder(argv)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor(PATIENCE_S, TimeUnit.SECONDS) && process.exitValue() == 0) {
                return true;
            }
            process.destroyForcibly();
            log.warn("the new program does not start; this one goes on");
        } catch (IOException e) {
            log.warn("the new program does not start: {}; this one goes on", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    /// This process becomes the new program, with the same arguments. Returns only by throwing.
    ///
    /// @param more variables to set
    void become(Map<String, String> more) throws IOException {
        var argv = new ArrayList<>(command());
        argv.addAll(arguments());
        var environment = new HashMap<>(System.getenv());
        environment.putAll(more);
        Exec.become(
                argv.getFirst(),
                argv,
                environment.entrySet().stream()
                        .map(e -> e.getKey() + "=" + e.getValue())
                        .toList());
    }

    /// The launcher, or this JVM with its flags.
    private static List<String> command() {
        var launcher = System.getenv("AQUE_LAUNCHER");
        if (launcher != null) {
            return List.of(launcher);
        }
        var line = line();
        var java = new ArrayList<>(line.subList(0, main(line) + 1));
        java.set(0, ProcessHandle.current().info().command().orElse(line.getFirst()));
        return java;
    }

    private static List<String> arguments() {
        var line = line();
        return line.subList(main(line) + 1, line.size());
    }

    private static int main(List<String> line) {
        return line.indexOf(AqueMain.class.getName());
    }

    /// This process's command line, exactly.
    private static List<String> line() {
        try {
            var text = Files.readString(Path.of("/proc/self/cmdline"));
            return Arrays.asList(
                    text.substring(0, Math.max(0, text.length() - 1)).split("\0", -1));
        } catch (IOException e) {
            throw new IllegalStateException("this process's command line cannot be read", e);
        }
    }
}
