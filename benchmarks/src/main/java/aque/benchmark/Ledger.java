package aque.benchmark;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/// What the tasks themselves say, in a file that every process appends to: the witness that the database cannot bribe.
record Ledger(Path file) {

    void begin(Object task, int attempt) throws IOException {
        write("begin " + task + " " + attempt);
    }

    void end(Object task, int attempt) throws IOException {
        write("end " + task + " " + attempt);
    }

    /// A process is gone, with all that it ran.
    void dead(long pid) throws IOException {
        append("dead x 0 " + pid);
    }

    private void write(String line) throws IOException {
        append(line + " " + ProcessHandle.current().pid());
    }

    private void append(String line) throws IOException {
        // Not by a channel: a task that is stopped is interrupted, and has still to say that it ended.
        try (var out = new FileOutputStream(file.toFile(), true)) {
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    /// Two runs of one task at the same time, each as a sentence.
    List<String> overlaps() throws IOException {
        var runs = new HashMap<String, String>();
        var out = new ArrayList<String>();
        for (var line : Files.readAllLines(file)) {
            var words = line.split(" ");
            switch (words[0]) {
                case "begin" -> {
                    if (runs.containsKey(words[1])) {
                        out.add("two runs of task " + words[1] + " at once");
                    }
                    runs.put(words[1], words[3]);
                }
                case "end" -> runs.remove(words[1], words[3]);
                default -> runs.values().removeIf(words[3]::equals);
            }
        }
        return out;
    }
}
