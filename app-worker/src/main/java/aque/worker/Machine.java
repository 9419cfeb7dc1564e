package aque.worker;

import aque.farm.HostName;
import aque.farm.Mounts;
import aque.farm.PlatformName;
import aque.schedule.Capabilities;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What this computer is and has.
public final class Machine {
    private Machine() {}

    public static int cpus() {
        return Runtime.getRuntime().availableProcessors();
    }

    /// All memory, bytes.
    public static long memory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean os
                ? os.getTotalMemorySize()
                : Runtime.getRuntime().maxMemory();
    }

    public static String platform() {
        return PlatformName.here();
    }

    private static String architecture() {
        var arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return switch (arch) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm64";
            default -> arch;
        };
    }

    /// This machine as a worker with these cpus and this memory, and traits that its operator adds.
    static Capabilities capabilities(
            int cpuMilli, long memory, Map<String, Double> amounts, Map<String, Set<String>> attributes) {
        var all = new HashMap<String, Set<String>>(attributes);
        all.put("attr.worker.os.family", Set.of(platform()));
        all.put("attr.worker.cpu.arch", Set.of(architecture()));
        Mounts.ofThisMachine().ifPresent(mounts -> all.put(Mounts.ATTRIBUTE, mounts.told()));
        return new Capabilities(
                HostName.here(), platform(), System.getProperty("user.name"), cpuMilli, memory, amounts, all);
    }
}
