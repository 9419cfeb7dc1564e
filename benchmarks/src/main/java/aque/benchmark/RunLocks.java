package aque.benchmark;

import aque.schedule.Needs;
import aque.submit.NewTask;
import aque.submit.Submission;
import aque.submit.TaskOptions;
import aque.submit.Work;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Tasks that are processes, and their witness: each holds a lock of the kernel on a file of its own for as long as
/// any process of its tree lives, and says so when it finds it taken. What they write is known beforehand.
record RunLocks(Path folder) {
    private static final int LINES = 400;
    private static final String OVERLAPS = "overlaps";
    static final String EXCLUSIVE = "exclusive";
    /// Folder, last line, whether it is exclusive, and how long it takes. One in fifty of the short ones fails, and
    /// not again.
    private static final String SCRIPT = """
            exec 9>>"$1/$AQUE_TID"
            flock -n 9 || echo "$3 two runs of task $AQUE_TID at once" >>"$1/overlaps"
            seq 1 "$2"
            seq 1 "$2" >&2
            sleep "${4:-0.0$((AQUE_TID % 10))}"
            [ -n "$4" ] || [ $(((AQUE_TID + AQUE_ATTEMPT) % 50)) != 0 ]
            """;

    static final String EXPECTED =
            IntStream.rangeClosed(1, LINES).mapToObj(i -> i + "\n").collect(Collectors.joining());

    /// A job of so many.
    Submission job(int n, boolean exclusive) {
        var tasks = new ArrayList<>(List.of(NewTask.group("processes", -1, List.of())));
        for (var i = 0; i < n; i++) {
            tasks.add(task("process " + i, exclusive, ""));
        }
        return Jobs.job("processes", tasks);
    }

    /// Two that outlast a lease: one is exclusive, the other ends while its worker is cut off.
    Submission outlasting() {
        return Jobs.job(
                "outlasting",
                List.of(
                        NewTask.group("outlasting", -1, List.of()),
                        task("process " + EXCLUSIVE, true, "60"),
                        task("process other", false, "35")));
    }

    private NewTask task(String name, boolean exclusive, String seconds) {
        var kind = exclusive ? EXCLUSIVE : "other";
        var argv = List.of("/bin/sh", "-c", SCRIPT, "sh", folder.toString(), LINES + "", kind, seconds);
        var options = exclusive ? TaskOptions.NONE.withExclusive() : TaskOptions.NONE;
        return new NewTask(name, new Work.Command(argv), 0, List.of(), Needs.ONE_CPU, 0, options);
    }

    /// Two runs of one task at the same time, each as a sentence.
    ///
    /// @param any of any task, else of exclusive ones only
    List<String> overlaps(boolean any) throws IOException {
        var file = folder.resolve(OVERLAPS);
        return Files.exists(file)
                ? Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                        .filter(l -> any || l.startsWith(EXCLUSIVE))
                        .toList()
                : List.of();
    }

    void delete() throws IOException {
        try (var files = Files.list(folder)) {
            for (var f : files.toList()) {
                Files.delete(f);
            }
        }
        Files.delete(folder);
    }
}
