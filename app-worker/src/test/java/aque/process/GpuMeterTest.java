package aque.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// On text as the drivers' documentation has it: no machine with a gpu was there to look at.
final class GpuMeterTest {
    @TempDir
    private Path proc;

    private Path process(String pid) throws IOException {
        Files.createDirectories(proc.resolve(pid).resolve("fd"));
        Files.createDirectories(proc.resolve(pid).resolve("fdinfo"));
        return proc.resolve(pid);
    }

    private static void open(Path process, String fd, String target, String info) throws IOException {
        var link = process.resolve("fd").resolve(fd);
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, Path.of(target));
        Files.writeString(process.resolve("fdinfo").resolve(fd), info);
    }

    private static String client(int id, long nanos, int vram) {
        return """
                pos:\t0
                drm-driver:\tamdgpu
                drm-pdev:\t0000:03:00.0
                drm-client-id:\t%d
                drm-memory-vram:\t%d KiB
                drm-engine-capacity-gfx:\t1
                drm-engine-gfx:\t%d ns
                drm-engine-compute:\t1000 ns
                """.formatted(id, vram, nanos);
    }

    @Test
    void aClientCountsOnceHoweverManyDescriptorsAndProcessesHaveIt() throws IOException {
        var one = process("1");
        var two = process("2");
        open(one, "3", "/dev/dri/renderD128", client(7, 0, 1024));
        open(one, "4", "/dev/dri/renderD128", client(7, 0, 1024));
        open(two, "3", "/dev/dri/card0", client(7, 0, 1024));
        open(two, "5", "/dev/dri/renderD128", client(8, 0, 512));
        open(two, "6", "/etc/passwd", client(9, 0, 4096));
        var meter = new GpuMeter();
        meter.look(Stream.of(one, two), 1_000_000_000);
        assertThat(meter.memory()).isEqualTo(1536 << 10);
        open(one, "3", "/dev/dri/renderD128", client(7, 500_000_000, 1024));
        open(two, "5", "/dev/dri/renderD128", client(8, 250_000_000, 512));
        meter.look(Stream.of(one, two, proc.resolve("gone")), 1_000_000_000);
        assertThat(meter.milli()).isEqualTo(750);
    }

    @Test
    void nvidiasTableIsReadByItsHead() {
        var text = """
                # gpu         pid   type     sm    mem    enc    dec    jpg    ofa     fb   ccpm    command
                # Idx           #    C/G      %      %      %      %      %      %     MB     MB    name
                    0       1745      C     97     35      -      -      -      -   2345      0    blender
                    1       1745      C      3      -      -      -      -      -     55      0    blender
                    1          -      -      -      -      -      -      -      -      -      -    -
                """;
        assertThat(Nvidia.parse(text.lines().toList())).isEqualTo(Map.of(1745, new Nvidia.Use(1000, 2400L << 20)));
        assertThat(Nvidia.parse(List.of("No devices found"))).isEmpty();
    }
}
