package aque.cli;

import static org.assertj.core.api.Assertions.assertThat;

import aque.broker.Claim;
import aque.log.Channel;
import aque.log.LogChunk;
import aque.log.LogStore;
import aque.task.TaskId;
import aque.testing.TestFarm;
import aque.usage.UsageSample;
import aque.usage.UsageStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a task has written, on its way out and in again.
final class OutputTest {
    private static final Instant BEGIN = Instant.parse("2026-11-22T08:00:00.25Z");

    private final TestFarm farm = new TestFarm();

    @TempDir
    private Path folder;

    private TaskId task;

    @BeforeEach
    void write() {
        task = Ran.on(farm, "submit", "--", "true").id();
        var claim = farm.acquire(farm.worker("w"), 1).getFirst();
        var chunks = new ArrayList<LogChunk>();
        for (var channel : Channel.values()) {
            if (channel == Channel.FREE) {
                chunks.add(chunk(claim, channel, "aov rgb\naov ä z\n".getBytes(StandardCharsets.UTF_8)));
            } else if (channel != Channel.USAGE) {
                var bytes = new byte[] {(byte) channel.code(), 'a', '\\', 'x', ' ', (byte) 0xff, 0, '\r', '\n'};
                chunks.add(chunk(claim, channel, bytes));
            }
        }
        new LogStore(farm.database).append(chunks);
        new UsageStore(farm.database)
                .append(List.of(new UsageSample(task, claim.attempt(), BEGIN.plusSeconds(6), 1500, 4096, 1, 2, 3)));
    }

    private LogChunk chunk(Claim claim, Channel channel, byte[] bytes) {
        return new LogChunk(task, claim.attempt(), channel, 0, BEGIN.plusSeconds(channel.code()), bytes);
    }

    @AfterEach
    void close() {
        farm.close();
    }

    private String raw() {
        return Ran.on(farm, "output", "--raw", task.toString()).out();
    }

    @Test
    void everyChannelIsALineOfTheRawOutputAndComesInAgainAsItWentOut() throws IOException {
        var before = raw();
        assertThat(before.lines().map(l -> l.split(" ", 3)[1]))
                .containsExactly("stdout", "stderr", "status", "progress", "log", "usage", "result", "aov", "aov");
        assertThat(before).contains("2026-11-22T08:00:08.250Z aov \\xc3\\xa4 z\\n\n");
        assertThat(Ran.on(farm, "output", "--channel", "aov", task.toString()).out())
                .isEqualTo("rgb\nä z\n");
        assertThat(before).contains("2026-11-22T08:00:01.250Z stdout \\x01a\\\\x \\xff\\x00\\r\\n\n");
        assertThat(Ran.on(farm, "output", "--channel", "usage", task.toString()).out())
                .isEqualTo("{\"cpu\":1.500,\"memory\":4096,\"read\":1,\"write\":2,\"processes\":3}\n");

        var file = Files.writeString(folder.resolve(task + ".1.log"), before);
        assertThat(Ran.on(farm, "import", file.toString()).code()).isEqualTo(Exit.REFUSED);
        farm.sql("DELETE FROM log_chunk");
        farm.sql("DELETE FROM usage_sample");
        assertThat(Ran.on(farm, "import", file.toString()).out()).isEqualTo(task + ".1 imported\n");
        assertThat(raw()).isEqualTo(before);
    }

    @Test
    void aFileThatIsNoLogIsNamedWithItsLineAndNothingOfItIsWritten() throws IOException {
        farm.sql("DELETE FROM log_chunk");
        var file = Files.writeString(
                folder.resolve(task + ".1.log"), "2026-11-22T08:00:01Z stdout a\n2026-11-22T08:00:01Z stdout \\q\n");
        var ran = Ran.on(farm, "import", file.toString());
        assertThat(ran.code()).isEqualTo(Exit.WRONG);
        assertThat(ran.err()).contains(file + ":2: ");
        assertThat(farm.count("log_chunk")).isZero();
    }
}
