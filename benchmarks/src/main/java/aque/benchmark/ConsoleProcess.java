package aque.benchmark;

import aque.db.Address;
import aque.task.TaskId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The console in a process of its own: one question a line goes in, one `answer value` comes out; marks that it shows
/// come in between. Ends with this.
final class ConsoleProcess implements AutoCloseable {
    private static final int PATIENCE_MINUTES = 3;

    private final Process process;
    private final PrintWriter questions;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final Map<Integer, Instant> shown = new ConcurrentHashMap<>();

    /// @param cache the console's start-up cache, see `rehearse`
    ConsoleProcess(Address farm, TaskId marker, Path cache) throws IOException {
        this(probe(
                farm,
                marker,
                List.of("-XX:AOTCache=" + cache, "-Xlog:disable", "-Xlog:all=error,aot*=off,cds*=off:stderr")));
    }

    /// Without that cache, and no job's priority is watched.
    ///
    /// @param before a command before the console's own
    ConsoleProcess(Address farm, List<String> before) throws IOException {
        this(Stream.concat(before.stream(), probe(farm, new TaskId(Long.MAX_VALUE), List.of()).stream())
                .toList());
    }

    private ConsoleProcess(List<String> command) throws IOException {
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        questions = new PrintWriter(process.outputWriter(), true);
        Thread.ofPlatform().daemon().name("console-answers").start(this::read);
    }

    private static List<String> probe(Address farm, TaskId marker, List<String> options) {
        var all = new ArrayList<>(options);
        all.addAll(List.of("-Dglass.platform=Headless", "-Dprism.order=sw"));
        return java(all, "aque.desktop.ConsoleProbe", farm.toString(), marker.toString());
    }

    /// Makes the start-up cache as the launcher does, of the same rehearsal: a console of its own on a server of its
    /// own.
    static void rehearse(Path cache) throws IOException, InterruptedException {
        var home = Files.createTempDirectory("aque-rehearsal");
        var rehearsal = new ProcessBuilder(java(List.of("-XX:AOTCacheOutput=" + cache), "aque.desktop.Rehearsal"))
                .redirectErrorStream(true)
                .redirectOutput(cache.resolveSibling("rehearsal.log").toFile());
        rehearsal.environment().put("AQUE_HOME", home.toString());
        int code = rehearsal.start().waitFor();
        if (code != 0 || !Files.exists(cache)) {
            throw new IOException("the rehearsal ended with " + code + ": "
                    + Files.readString(cache.resolveSibling("rehearsal.log")));
        }
    }

    /// As installers/launch.sh starts the console, with more options where `AQUE_CONSOLE_OPTS` names them.
    private static List<String> java(List<String> options, String... main) {
        var command = new ArrayList<String>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:+UseG1GC", "-Xmx1g"));
        command.addAll(options);
        Optional.ofNullable(System.getenv("AQUE_CONSOLE_OPTS"))
                .filter(more -> main.length > 1)
                .ifPresent(more -> command.addAll(List.of(more.split(" "))));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(main));
        return command;
    }

    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var words = line.split(" ");
                if (words[0].equals("shown") && words.length == 3) {
                    shown.putIfAbsent(Integer.parseInt(words[1]), Instant.parse(words[2]));
                } else {
                    answers.add(line);
                }
            }
        } catch (IOException e) {
            System.err.println("the console answers no more: " + e.getMessage());
        }
    }

    /// When each mark was in its cell at the end of a pulse's layout.
    Map<Integer, Instant> shown() {
        return shown;
    }

    double ask(String question) throws InterruptedException {
        questions.println(question);
        return expect(question.split(" ")[0]);
    }

    double expect(String name) throws InterruptedException {
        var answer = answers.poll(PATIENCE_MINUTES, TimeUnit.MINUTES);
        if (answer == null || !answer.startsWith(name + " ")) {
            throw new IllegalStateException("asked the console for " + name + ", it said " + answer);
        }
        return Double.parseDouble(answer.substring(name.length() + 1));
    }

    @Override
    public void close() {
        questions.close();
        process.destroy();
    }
}
