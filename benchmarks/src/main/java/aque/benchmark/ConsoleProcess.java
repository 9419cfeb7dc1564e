package aque.benchmark;

import aque.db.Address;
import aque.task.TaskId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// The console in a process of its own: one question a line goes in, one `answer value` comes out; marks that it shows
/// come in between. Ends with this.
final class ConsoleProcess implements AutoCloseable {
    private static final int PATIENCE_MINUTES = 3;

    private final Process process;
    private final PrintWriter questions;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final Map<Integer, Instant> shown = new ConcurrentHashMap<>();

    ConsoleProcess(Address farm, TaskId marker) throws IOException {
        var command = List.of(
                Optional.ofNullable(System.getProperty("java.home")).orElse("") + "/bin/java",
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx1g",
                "-Dglass.platform=Headless",
                "-Dprism.order=sw",
                "-cp",
                System.getProperty("java.class.path"),
                "aque.desktop.ConsoleProbe",
                farm.toString(),
                marker.toString());
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        questions = new PrintWriter(process.outputWriter(), true);
        Thread.ofPlatform().daemon().name("console-answers").start(this::read);
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
