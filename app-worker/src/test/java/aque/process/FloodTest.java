package aque.process;

import static aque.process.Commands.launch;
import static aque.process.Commands.shell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import aque.log.Channel;
import aque.testing.Repeated;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Much output, and sinks that do not keep up.
@Timeout(120)
final class FloodTest {
    private static final int LENGTH = 50 << 20;
    private static Processes processes;

    @BeforeAll
    static void startKeeper() throws IOException {
        processes = Processes.start("flooded");
    }

    @AfterAll
    static void close() {
        processes.close();
    }

    @Repeated
    void randomBytesArriveExactlyThroughASlowSink(@TempDir Path folder) throws Exception {
        byte[] out = random(1);
        byte[] err = random(2);
        Files.write(folder.resolve("out"), out);
        Files.write(folder.resolve("err"), err);
        SlowSink sink = new SlowSink();

        ChildProcess child = processes.start(
                shell(sink, "cat '%s' & cat '%s' >&2; wait".formatted(folder.resolve("out"), folder.resolve("err"))));
        child.exit().get(100, TimeUnit.SECONDS);

        assertThat(sink.digest(Channel.STDOUT)).isEqualTo(sha(out));
        assertThat(sink.digest(Channel.STDERR)).isEqualTo(sha(err));
        assertThat(sink.mostHeld.get()).isLessThanOrEqualTo(2 * SlowSink.ROOM);
    }

    @Repeated
    void childWhoseSinkIsFullWaitsAndStarvesNobody() throws Exception {
        AtomicLong taken = new AtomicLong();
        Queue<Runnable> resume = new ConcurrentLinkedQueue<>();
        ChildProcess flood = processes.start(launch(
                (channel, piece, more) -> {
                    taken.addAndGet(piece.length);
                    resume.add(more);
                    return false;
                },
                "head",
                "-c",
                "1000000",
                "/dev/zero"));
        await().until(() -> resume.size() == 1);

        Captured output = new Captured();
        assertThat(processes
                        .start(shell(output, "echo here"))
                        .exit()
                        .get(10, TimeUnit.SECONDS)
                        .code())
                .hasValue(0);
        assertThat(output.stdout()).isEqualTo("here\n");
        assertThat(resume).hasSize(1);
        assertThat(flood.exit()).isNotDone();

        await().until(() -> {
            Runnable more = resume.poll();
            if (more != null) {
                more.run();
            }
            return flood.exit().isDone() && resume.isEmpty();
        });
        assertThat(taken).hasValue(1_000_000);
    }

    @Repeated
    void killedFloodIsDeliveredToItsEndBeforeTheExit() throws Exception {
        AtomicLong taken = new AtomicLong();
        ChildProcess flood = processes.start(launch(
                (channel, piece, more) -> {
                    taken.addAndGet(piece.length);
                    return true;
                },
                "cat",
                "/dev/zero"));
        await().until(() -> taken.get() > 10_000_000);

        flood.kill(Duration.ofSeconds(5)).get(10, TimeUnit.SECONDS);
        flood.exit().get(10, TimeUnit.SECONDS);
        long atExit = taken.get();

        assertThat(processes
                        .start(shell(Commands.NOWHERE, "true"))
                        .exit()
                        .get(10, TimeUnit.SECONDS)
                        .code())
                .hasValue(0);
        assertThat(taken).hasValue(atExit);
    }

    @Repeated
    void sinkThatThrowsLosesOnlyItsOwnOutput() throws Exception {
        ChildProcess child = processes.start(launch(
                (channel, piece, more) -> {
                    throw new IllegalStateException("this sink is broken, on purpose");
                },
                "head",
                "-c",
                "1000000",
                "/dev/zero"));

        assertThat(child.exit().get(10, TimeUnit.SECONDS).code()).hasValue(0);
    }

    private static byte[] random(long seed) {
        byte[] bytes = new byte[LENGTH];
        new SplittableRandom(seed).nextBytes(bytes);
        return bytes;
    }

    private static String sha(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    /// Has room for one piece a channel, and takes its time with each.
    private static final class SlowSink implements OutputSink {
        private static final int ROOM = 1 << 16;
        private final Map<Channel, MessageDigest> digests = new EnumMap<>(Channel.class);
        private final AtomicInteger held = new AtomicInteger();
        private final AtomicInteger mostHeld = new AtomicInteger();

        @Override
        public boolean accept(Channel channel, byte[] piece, Runnable more) {
            mostHeld.accumulateAndGet(held.addAndGet(piece.length), Math::max);
            Thread.startVirtualThread(() -> {
                digestOf(channel).update(piece);
                held.addAndGet(-piece.length);
                more.run();
            });
            return false;
        }

        private synchronized MessageDigest digestOf(Channel channel) {
            return digests.computeIfAbsent(channel, missing -> {
                try {
                    return MessageDigest.getInstance("SHA-256");
                } catch (NoSuchAlgorithmException e) {
                    throw new IllegalStateException(e);
                }
            });
        }

        private String digest(Channel channel) {
            return HexFormat.of().formatHex(digestOf(channel).digest());
        }
    }
}
