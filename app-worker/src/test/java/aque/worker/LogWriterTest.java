package aque.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import aque.db.Address;
import aque.db.Database;
import aque.log.Channel;
import aque.log.LogChunk;
import aque.log.LogStore;
import aque.task.TaskId;
import aque.testing.PostgresExtension;
import aque.testing.Repeated;
import aque.testing.TestDatabase;
import aque.testing.TestFarm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogWriterTest {
    private static final TaskId TASK = new TaskId(4711);

    private final TestFarm farm = new TestFarm();
    private final TestDatabase beside = PostgresExtension.freshDatabase();
    private final Random random = new Random(3);
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        farm.close();
    }

    private LogWriter writer() {
        return new LogWriter(new LogStore(farm.database), folder, task -> LogLimit.of(2L << 30));
    }

    /// Closes the farm's database to everybody, or opens it again.
    private void away(boolean on) {
        try (var c = beside.connect();
                var s = c.createStatement()) {
            var name = farm.address.database();
            s.execute("ALTER DATABASE " + name + " WITH ALLOW_CONNECTIONS " + !on);
            s.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void write(LogWriter writer, int pieces) {
        for (var i = 0; i < pieces; i++) {
            var piece = new byte[1 + random.nextInt(60_000)];
            random.nextBytes(piece);
            writer.offer(new LogChunk(TASK, 1, Channel.STDOUT, written.size(), Instant.now(), piece), () -> {});
            written.writeBytes(piece);
        }
    }

    private byte[] stored() {
        var out = new ByteArrayOutputStream();
        var logs = new LogStore(farm.database);
        var page = logs.read(TASK, 1, 0, 1 << 20);
        while (!page.chunks().isEmpty()) {
            page.chunks().forEach(c -> out.writeBytes(c.data()));
            page = logs.read(TASK, 1, page.nextSeq(), 1 << 20);
        }
        return out.toByteArray();
    }

    private long waitingOnDisk() {
        try (var files = Files.list(folder)) {
            return files.mapToLong(f -> f.toFile().length()).sum();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Repeated
    void outputWaitsOnDiskWhileTheDatabaseIsAwayAndNoByteIsLostOrDoubled() throws Exception {
        try (var writer = writer()) {
            write(writer, 20);
            away(true);
            write(writer, 300);
            await("the disk").atMost(Duration.ofSeconds(60)).until(() -> waitingOnDisk() > 1 << 20);
            write(writer, 50);
            away(false);
            write(writer, 20);
            writer.written(TASK).get(90, TimeUnit.SECONDS);
        }
        assertThat(stored()).isEqualTo(written.toByteArray());
        assertThat(waitingOnDisk()).isZero();
    }

    @Test
    void outputWaitsOnDiskAlsoWhileTheDatabaseAcceptsAndNeverAnswers() throws Exception {
        var far = farm.address;
        try (var dam = new Dam(far.host(), far.port());
                var database = Database.pooled(
                        new Address("127.0.0.1", dam.port(), far.database(), far.user(), far.password(), far.options()),
                        "aque-worker",
                        2,
                        Duration.ofSeconds(2));
                var writer = new LogWriter(new LogStore(database), folder, task -> LogLimit.of(2L << 30))) {
            write(writer, 20);
            writer.written(TASK).get(90, TimeUnit.SECONDS);
            dam.shut(true);
            write(writer, 300);
            await("the disk").atMost(Duration.ofSeconds(60)).until(() -> waitingOnDisk() > 1 << 20);
            dam.shut(false);
            writer.written(TASK).get(90, TimeUnit.SECONDS);
        }
        assertThat(stored()).isEqualTo(written.toByteArray());
    }

    @Test
    void whileTheDiskIsFullTooTasksWaitAndNoByteIsLostOrDoubled() throws Exception {
        assumeThat(mount("mount", "-t", "tmpfs", "-o", "size=4m", "none", folder.toString()))
                .as("this user may make a small disk")
                .isTrue();
        var full = new AtomicBoolean();
        try (var writer = writer()) {
            write(writer, 20);
            away(true);
            for (var i = 0; i < 2000 && !full.get(); i++) {
                var piece = new byte[60_000];
                random.nextBytes(piece);
                var chunk = new LogChunk(TASK, 1, Channel.STDOUT, written.size(), Instant.now(), piece);
                full.set(!writer.offer(chunk, () -> {}));
                written.writeBytes(piece);
            }
            assertThat(full).isTrue();
            await("what waits")
                    .during(Duration.ofSeconds(3))
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> waitingOnDisk() < 4 << 20);
            assertThat(writer.takeHindrance())
                    .hasValueSatisfying(
                            why -> assertThat(why).startsWith("disk_full: ").contains(folder.toString()));
            away(false);
            writer.written(TASK).get(90, TimeUnit.SECONDS);
        } finally {
            mount("umount", folder.toString());
        }
        assertThat(stored()).isEqualTo(written.toByteArray());
    }

    private static boolean mount(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    @Test
    void theNextWorkerWritesWhatItsPredecessorLeftOnDisk() throws Exception {
        var first = writer();
        write(first, 20);
        away(true);
        write(first, 200);
        first.close();
        assertThat(waitingOnDisk()).isPositive();
        away(false);
        try (var second = writer()) {
            write(second, 20);
            second.written(TASK).get(90, TimeUnit.SECONDS);
        }
        assertThat(stored()).isEqualTo(written.toByteArray());
    }

    @Test
    void ofALongOutputHeadAndTailStayWithAMarkBetween() throws Exception {
        var text = new StringBuilder();
        try (var writer = new LogWriter(new LogStore(farm.database), folder, task -> new LogLimit(1000, 1000, false))) {
            for (var i = 0; i < 400; i++) {
                var line = "line %04d\n".formatted(i).getBytes(StandardCharsets.UTF_8);
                writer.offer(new LogChunk(TASK, 1, Channel.STDOUT, text.length(), Instant.now(), line), () -> {});
                text.append(new String(line, StandardCharsets.UTF_8));
                writer.written(TASK).get(90, TimeUnit.SECONDS);
            }
        }
        var kept = new String(stored(), StandardCharsets.UTF_8);
        assertThat(kept)
                .startsWith(text.substring(0, 1000))
                .endsWith(text.substring(text.length() - 1000))
                .hasSizeLessThan(3000)
                .containsPattern("\n\\[aque: [12][0-9]{3} bytes are left out here]\n");
    }

    @Test
    void whenTheFarmHasNoRoomTheWholeOutputStaysOnTheWorkerAndItsHeadAndTailInTheDatabase() throws Exception {
        var limit = new AtomicReference<>(LogLimit.of(2L << 30));
        var told = new AtomicReference<>(folder);
        try (var writer = new LogWriter(new LogStore(farm.database), folder, task -> limit.get())) {
            writer.onKept((task, file) -> told.set(file));
            write(writer, 20);
            writer.written(TASK).get(90, TimeUnit.SECONDS);
            limit.set(new LogLimit(1000, 1000, true));
            for (var i = 0; i < 20; i++) {
                write(writer, 2);
                writer.written(TASK).get(90, TimeUnit.SECONDS);
            }
        }
        assertThat(told.get()).hasFileName(TASK + ".1.stdout").hasBinaryContent(written.toByteArray());
        assertThat(stored().length).isLessThan(written.size() / 2);
    }
}
