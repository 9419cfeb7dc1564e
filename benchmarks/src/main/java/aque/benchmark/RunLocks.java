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
    /// Folder, last line, and whether it is exclusive. One in fifty fails, and not again.
    private static final String SCRIPT = """
            exec 9>>"$1/$AQUE_TID"
            flock -n 9 || echo "$3 two runs of task $AQUE_TID at once" >>"$1/overlaps"
            seq 1 "$2"
            seq 1 "$2" >&2
            sleep 0.0$((AQUE_TID % 10))
            [ $(((AQUE_TID + AQUE_ATTEMPT) % 50)) != 0 ]
            """;

    static final String EXPECTED =
            IntStream.rangeClosed(1, LINES).mapToObj(i -> i + "\n").collect(Collectors.joining());

    /// A job of so many.
    Submission job(int n, boolean exclusive) {
        var options = exclusive ? TaskOptions.NONE.withExclusive() : TaskOptions.NONE;
        var argv = List.of(
                "/bin/sh", "-c", SCRIPT, "sh", folder.toString(), LINES + "", exclusive ? "exclusive" : "other");
        var tasks = new ArrayList<>(List.of(NewTask.group("processes", -1, List.of())));
        for (var i = 0; i < n; i++) {
            tasks.add(new NewTask("process " + i, new Work.Command(argv), 0, List.of(), Needs.ONE_CPU, 0, options));
        }
        return Jobs.job("processes", tasks);
    }

    /// Two runs of one task at the same time, each as a sentence.
    ///
    /// @param any of any task, else of exclusive ones only
    List<String> overlaps(boolean any) throws IOException {
        var file = folder.resolve(OVERLAPS);
        return Files.exists(file)
                ? Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                        .filter(l -> any || l.startsWith("exclusive"))
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
