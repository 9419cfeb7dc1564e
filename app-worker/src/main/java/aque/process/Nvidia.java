package aque.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// What processes use of NVIDIA's gpus, by `nvidia-smi pmon`; asked for in the background, for it looks for a second.
/// Any thread.
final class Nvidia {
    static final boolean THERE = Files.exists(Path.of("/dev/nvidiactl"));
    private static final long AGE_NANOS = 5_000_000_000L;
    private static final int PATIENCE_S = 10;
    private static final AtomicLong ASKED = new AtomicLong(System.nanoTime() - AGE_NANOS);
    private static volatile Map<Integer, Use> last = Map.of();

    private Nvidia() {}

    /// Of one process.
    ///
    /// @param milli thousandths of a gpu
    /// @param memory bytes
    record Use(int milli, long memory) {
        private Use plus(Use other) {
            return new Use(milli + other.milli, memory + other.memory);
        }
    }

    /// By process number, some seconds old.
    static Map<Integer, Use> lately() {
        var now = System.nanoTime();
        var asked = ASKED.get();
        if (now - asked >= AGE_NANOS && ASKED.compareAndSet(asked, now)) {
            Thread.ofVirtual().name("aque-gpus").start(() -> last = ask());
        }
        return last;
    }

    private static Map<Integer, Use> ask() {
        try {
            var process = new ProcessBuilder("nvidia-smi", "pmon", "-c", "1", "-s", "um")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
                    return Map.of();
                }
                return parse(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .toList());
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            return Map.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Map.of();
        }
    }

    /// The first line says what stands where: that differs from version to version.
    static Map<Integer, Use> parse(List<String> lines) {
        var out = new HashMap<Integer, Use>();
        var head = new ArrayList<String>();
        for (var line : lines) {
            var words = List.of(line.replace("#", " ").strip().split("\\s+"));
            if (line.startsWith("#")) {
                if (head.isEmpty()) {
                    head.addAll(words);
                }
            } else if (number(words, head.indexOf("pid")) > 0) {
                var use =
                        new Use(10 * number(words, head.indexOf("sm")), (long) number(words, head.indexOf("fb")) << 20);
                out.merge(number(words, head.indexOf("pid")), use, Use::plus);
            }
        }
        return Map.copyOf(out);
    }

    /// 0 where there is none.
    private static int number(List<String> words, int at) {
        return at >= 0 && at < words.size() && words.get(at).matches("[0-9]{1,9}")
                ? Integer.parseInt(words.get(at))
                : 0;
    }
}
