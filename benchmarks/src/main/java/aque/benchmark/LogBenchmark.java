package aque.benchmark;

import aque.broker.Broker;
import aque.event.Hints;
import aque.schedule.Needs;
import aque.submit.NewTask;
import aque.submit.TaskOptions;
import aque.submit.Work;
import aque.worker.Worker;
import aque.worker.WorkerOptions;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.postgresql.PGConnection;

/// `log`: the output of one task on its way into the database, random bytes and render text; beside it a bare COPY of
/// the same bytes into a table of the same shape in the same run.
final class LogBenchmark implements Benchmark {
    private static final int ROW = 256 << 10;

    @Override
    public Figures run(Stage stage) throws Exception {
        var bytes = stage.options().number("mib", 200) << 20;
        var figures = new Figures();
        measure(stage, figures, "random", random(bytes));
        measure(stage, figures, "text", text(bytes));
        return figures.condition("mib", bytes >> 20)
                .condition("rounds", stage.options().rounds());
    }

    private static void measure(Stage stage, Figures figures, String name, byte[] bytes) throws Exception {
        var file = Files.write(Files.createTempFile("aque-bench-", ""), bytes);
        var ours = new ArrayList<Double>();
        var copy = new ArrayList<Double>();
        try {
            for (var round = 1; round <= stage.options().rounds(); round++) {
                ours.add(task(stage, file, bytes.length));
                copy.add(copy(stage, bytes));
                stage.say("%s, round %d: %.0f MB/s, COPY %.0f MB/s", name, round, ours.getLast(), copy.getLast());
            }
        } finally {
            Files.delete(file);
        }
        figures.median(name + "_mb_per_s", Samples.of(ours))
                .row(name + ", bare COPY, MB/s", Samples.of(copy))
                .figure(
                        "ratio_copy_" + name,
                        Samples.of(ours).median() / Samples.of(copy).median());
    }

    private static byte[] random(int length) {
        var out = new byte[length];
        new Random(1).nextBytes(out);
        return out;
    }

    /// As a renderer prints it.
    private static byte[] text(int length) {
        var out = new StringBuilder(length + 200);
        var random = new Random(1);
        for (var line = 0; out.length() < length; line++) {
            out.append(
                    "Fra:%d Mem:%d.%02dM (Peak 512.88M) | Time:00:%02d.%02d | Remaining:00:00.06 | Scene, View Layer | Sample %d/4096%n"
                            .formatted(
                                    line / 4096,
                                    random.nextInt(500),
                                    random.nextInt(100),
                                    random.nextInt(60),
                                    random.nextInt(100),
                                    line % 4096));
        }
        return Arrays.copyOf(out.toString().getBytes(StandardCharsets.UTF_8), length);
    }

    private static double task(Stage stage, Path file, int length) throws Exception {
        try (var database = stage.farm(8)) {
            var broker = new Broker(database, Hints.direct(database), "bench");
            var options = new WorkerOptions(
                    "bench", 2000, 4L << 30, Map.of(), Map.of(), WorkerOptions.Mode.TO_END, Optional.empty(), false);
            try (var worker = new Worker(database, options, "bench")) {
                var cat = new Work.Command(List.of("cat", file.toString()));
                broker.submit(Jobs.job(
                        "log", List.of(new NewTask("cat", cat, -1, List.of(), Needs.ONE_CPU, 0, TaskOptions.NONE))));
                var began = System.nanoTime();
                worker.run();
                return length * 1e3 / (System.nanoTime() - began);
            }
        }
    }

    private static double copy(Stage stage, byte[] bytes) throws Exception {
        try (var database = stage.farm(2)) {
            return database.read(c -> {
                try (var s = c.createStatement()) {
                    s.execute("CREATE TABLE bare (at int, data bytea)");
                }
                var began = System.nanoTime();
                copy(c.unwrap(PGConnection.class), bytes);
                return bytes.length * 1e3 / (System.nanoTime() - began);
            });
        }
    }

    private static void copy(PGConnection connection, byte[] bytes) throws java.sql.SQLException {
        try {
            var in = connection.getCopyAPI().copyIn("COPY bare FROM STDIN (FORMAT binary)");
            var row = new ByteArrayOutputStream(ROW + 64);
            var out = new DataOutputStream(row);
            out.write("PGCOPY\n\377\r\n\0".getBytes(StandardCharsets.ISO_8859_1));
            out.writeInt(0);
            out.writeInt(0);
            for (var at = 0; at < bytes.length; at += ROW) {
                var length = Math.min(ROW, bytes.length - at);
                out.writeShort(2);
                out.writeInt(4);
                out.writeInt(at);
                out.writeInt(length);
                out.write(bytes, at, length);
                in.writeToCopy(row.toByteArray(), 0, row.size());
                row.reset();
            }
            out.writeShort(-1);
            in.writeToCopy(row.toByteArray(), 0, row.size());
            in.endCopy();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
