package aque.posix;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// Reads `/proc`. Any thread; a process that ends meanwhile is simply not there.
public final class Proc {
    private static final int SC_PAGESIZE = 30;
    private static final MethodHandle SYSCONF = Native.plain("sysconf", JAVA_LONG, JAVA_INT);

    private Proc() {}

    static long pageSize() {
        try {
            return (long) SYSCONF.invokeExact(SC_PAGESIZE);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    /// Every process that this user can see, in no order.
    public static List<ProcStat> all() {
        byte[] buffer = new byte[1024];
        List<ProcStat> all = new ArrayList<>();
        String[] names = new File("/proc").list();
        for (String name : names == null ? new String[0] : names) {
            if (Character.isDigit(name.charAt(0))) {
                stat(name, buffer).ifPresent(all::add);
            }
        }
        return all;
    }

    public static Optional<ProcStat> of(long pid) {
        return stat(Long.toString(pid), new byte[1024]);
    }

    /// Whether this very process runs; a zombie does not.
    public static boolean alive(ProcessId process) {
        return of(process.pid())
                .filter(stat -> stat.id().equals(process) && !stat.zombie())
                .isPresent();
    }

    /// How long ago this process was started; nothing when that cannot be told.
    public static Duration age(ProcessId process) {
        try {
            String uptime = Files.readString(Path.of("/proc/uptime"));
            long ticks = new BigDecimal(uptime.substring(0, uptime.indexOf(' ')))
                    .movePointRight(2)
                    .longValue();
            return Duration.ofMillis(10 * Math.max(0, ticks - process.start()));
        } catch (IOException e) {
            return Duration.ZERO;
        }
    }

    /// This process.
    public static ProcessId self() {
        return of(ProcessHandle.current().pid())
                .orElseThrow(() -> new IllegalStateException("/proc is not there"))
                .id();
    }

    /// The value of a variable in the environment that the process was given; empty when it has none, or does
    /// not let us
    /// look.
    public static Optional<String> variable(int pid, String name) {
        try {
            byte[] all = Files.readAllBytes(Path.of("/proc/" + pid + "/environ"));
            return Arrays.stream(new String(all, StandardCharsets.ISO_8859_1).split("\0"))
                    .filter(entry -> entry.startsWith(name + "="))
                    .map(entry -> entry.substring(name.length() + 1))
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// What a process read and wrote; nothing when it does not let us look. Kernels that do not count storage
    /// tell all IO.
    public static ProcIo io(int pid) {
        byte[] buffer = new byte[512];
        long[] count = new long[6]; // rchar, wchar, syscr, syscw, read_bytes, write_bytes
        int length = read("/proc/" + pid + "/io", buffer);
        int found = Numbers.read(buffer, 0, length, count, count.length);
        return found == count.length ? new ProcIo(count[4], count[5]) : new ProcIo(count[0], count[1]);
    }

    /// What a process has in memory, bytes, of what several share its part (PSS); empty when it does not let us look.
    /// The
    /// kernel walks through all of its pages for it.
    public static OptionalLong share(int pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
            return lines.filter(line -> line.startsWith("Pss:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                    .findFirst();
        } catch (IOException | UncheckedIOException e) {
            return OptionalLong.empty();
        }
    }

    /// How many files this process may have open.
    public static int fileLimit() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/limits"))) {
            return lines.filter(line -> line.startsWith("Max open files"))
                    .map(line ->
                            line.substring("Max open files".length()).strip().split("\\s+")[0])
                    .mapToInt(soft -> soft.equals("unlimited") ? Integer.MAX_VALUE : Integer.parseInt(soft))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    /// A line of `/proc/meminfo`, in bytes; 0 when it is not there.
    public static long memory(String name) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/meminfo"))) {
            return lines.filter(line -> line.startsWith(name + ":"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }

    /// Which numbering of processes this process lives in: the same number means another process elsewhere.
    public static String namespace() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/ns/pid"))
                    .toString()
                    .replaceAll("[^0-9]", "");
        } catch (IOException e) {
            return "0";
        }
    }

    /// Whether this process has adopted orphans. They hang on its first thread, which in a JVM spawns nothing
    /// itself; where
    /// the kernel keeps no such list, the answer is yes, to be on the safe side.
    public static boolean hasOrphans() {
        String self = Long.toString(ProcessHandle.current().pid());
        try (FileInputStream file = new FileInputStream("/proc/self/task/" + self + "/children")) {
            return file.read() >= 0;
        } catch (IOException e) {
            return true;
        }
    }

    private static Optional<ProcStat> stat(String pid, byte[] buffer) {
        int length = read("/proc/" + pid + "/stat", buffer);
        return length == 0 ? Optional.empty() : Optional.of(ProcStat.parse(buffer, length));
    }

    /// The beginning of a file; 0 bytes of one that cannot be read.
    private static int read(String file, byte[] buffer) {
        try (FileInputStream in = new FileInputStream(file)) {
            return Math.max(0, in.read(buffer));
        } catch (IOException e) {
            return 0;
        }
    }
}
