package aque.process;

import aque.posix.ProcStat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a tree of processes uses of gpus: as the kernel tells of those that have its usual driver interface (amdgpu,
/// i915, xe, nouveau: `/proc/PID/fdinfo`), and NVIDIA's program of its own. On a machine without gpus a look costs
/// nothing. One thread.
final class GpuMeter {
    private static final Path DEVICES = Path.of("/dev/dri");
    private static final boolean THERE = Files.isDirectory(DEVICES);
    private static final Pattern ENGINE = Pattern.compile("drm-engine-(?!capacity)[^:]+:\\s*(\\d+) ns");
    private static final Pattern MEMORY = Pattern.compile("drm-(?:memory|resident)-vram\\d*:\\s*(\\d+)(?: (KiB|MiB))?");
    private static final Pattern CLIENT = Pattern.compile("drm-(?:pdev|client-id):\\s*(\\S+)");

    private Map<String, Long> before = Map.of();
    private int milli = -1;
    private long memory = -1;

    /// Thousandths of a gpu since the look before; -1 where nobody tells.
    int milli() {
        return milli;
    }

    /// Bytes on gpus; -1 where nobody tells.
    long memory() {
        return memory;
    }

    /// @param elapsed nanoseconds since the look before
    void look(List<ProcStat> members, long elapsed) {
        if (THERE) {
            look(members.stream().map(m -> Path.of("/proc/" + m.pid())), elapsed);
        }
        if (Nvidia.THERE) {
            var all = Nvidia.lately();
            var mine = members.stream()
                    .flatMap(m -> Stream.ofNullable(all.get(m.pid())))
                    .toList();
            milli = (THERE ? milli : 0)
                    + mine.stream().mapToInt(Nvidia.Use::milli).sum();
            memory = (THERE ? memory : 0)
                    + mine.stream().mapToLong(Nvidia.Use::memory).sum();
        }
    }

    /// @param processes their folders below `/proc`
    void look(Stream<Path> processes, long elapsed) {
        var busy = new HashMap<String, Long>();
        var bytes = new HashMap<String, Long>();
        processes.forEach(p -> files(p).forEach(file -> read(file, busy, bytes)));
        var spent = busy.entrySet().stream()
                .mapToLong(c -> c.getValue() - before.getOrDefault(c.getKey(), 0L))
                .sum();
        milli = (int) Math.max(0, spent * 1000 / elapsed);
        memory = bytes.values().stream().mapToLong(Long::longValue).sum();
        before = Map.copyOf(busy);
    }

    /// What the kernel tells of the gpus that a process has open.
    private static List<Path> files(Path process) {
        try (Stream<Path> open = Files.list(process.resolve("fd"))) {
            return open.filter(GpuMeter::isGpu)
                    .map(fd -> process.resolve("fdinfo").resolve(fd.getFileName()))
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of(); // it has ended, or does not let us look
        }
    }

    private static boolean isGpu(Path fd) {
        try {
            return Files.readSymbolicLink(fd).startsWith(DEVICES);
        } catch (IOException e) {
            return false;
        }
    }

    /// Several descriptors, of several processes too, may be one client of one gpu: it counts once.
    private static void read(Path file, Map<String, Long> busy, Map<String, Long> bytes) {
        var client = new StringBuilder();
        var nanos = 0L;
        var held = 0L;
        try {
            for (var line : Files.readAllLines(file)) {
                var who = CLIENT.matcher(line);
                var engine = ENGINE.matcher(line);
                var vram = MEMORY.matcher(line);
                if (who.matches()) {
                    client.append(who.group(1)).append(' ');
                } else if (engine.matches()) {
                    nanos += Long.parseLong(engine.group(1));
                } else if (vram.matches()) {
                    var unit = "MiB".equals(vram.group(2)) ? 20 : "KiB".equals(vram.group(2)) ? 10 : 0;
                    held = Math.max(held, Long.parseLong(vram.group(1)) << unit);
                }
            }
        } catch (IOException e) {
            return; // closed meanwhile
        }
        busy.merge(client.toString(), nanos, Long::max);
        bytes.merge(client.toString(), held, Long::max);
    }
}
