package aque.log;

import static org.assertj.core.api.Assertions.assertThat;

import aque.task.TaskId;
import aque.testing.TestFarm;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LogStoreTest {
    private static final TaskId TASK = new TaskId(7);

    private static LogChunk chunk(Channel channel, long offset, String text) {
        return new LogChunk(TASK, 1, channel, offset, Instant.now(), text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(List<LogChunk> chunks) {
        return String.join(
                "",
                chunks.stream()
                        .map(c -> new String(c.data(), StandardCharsets.UTF_8))
                        .toList());
    }

    @Test
    void whatWasAppendedIsReadOnInOrderFromWhereOneIs() {
        try (var farm = new TestFarm()) {
            var logs = new LogStore(farm.database);
            logs.append(List.of(
                    chunk(Channel.STDOUT, 0, "one "),
                    chunk(Channel.STDERR, 0, "err "),
                    chunk(Channel.STDOUT, 4, "two ")));
            var first = logs.read(TASK, 1, 0, 1);
            assertThat(text(first.chunks())).isEqualTo("one ");
            logs.append(List.of(chunk(Channel.STDOUT, 8, "three")));
            var rest = logs.read(TASK, 1, first.nextSeq(), 1 << 20);
            assertThat(text(rest.chunks())).isEqualTo("err two three");
            assertThat(logs.read(TASK, 1, rest.nextSeq(), 1).chunks()).isEmpty();
            assertThat(text(logs.tail(TASK, 1, 6).chunks())).isEqualTo("two three");
            assertThat(logs.size(TASK, 1)).isEqualTo(17);
        }
    }

    @Test
    void whatMayBeThereAlreadyIsAppendedOnce() {
        try (var farm = new TestFarm()) {
            var logs = new LogStore(farm.database);
            var done = chunk(Channel.STDOUT, 0, "done ");
            logs.append(List.of(done));
            logs.appendOnce(List.of(done, chunk(Channel.STDOUT, 5, "new"), chunk(Channel.STDERR, 0, "!")));
            assertThat(text(logs.read(TASK, 1, 0, 1 << 20).chunks())).isEqualTo("done new!");
        }
    }
}
