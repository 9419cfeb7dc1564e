package aque.schedule;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/// What a task asks of the machine that runs it. Tasks with equal needs share a requirement class in the database.
///
/// @param cpuMilli thousandths of a core; negative -N: one N-th of the executing machine (A55)
/// @param memory bytes
/// @param hosts comma list of globs, `!glob` excludes; "" any (A60)
/// @param platform `linux`, `macos`, `windows`; "" any (A59)
/// @param amounts named amounts (OpenJD), lower case name to the least that must be offered
/// @param attributes named attributes (OpenJD), lower case name to what is accepted
/// @param limits of the farm's named limits (licences), how much one task takes
public record Needs(
        int cpuMilli,
        long memory,
        String hosts,
        String platform,
        SortedMap<String, Double> amounts,
        SortedMap<String, Attribute> attributes,
        SortedMap<String, Integer> limits) {

    /// The attribute whose value is the database login of the submitter. A worker that does not offer it takes
    /// everybody's tasks.
    public static final String LOGIN = "attr.worker.login";

    private static final String PLATFORM = "{\"platform\":\"";

    /// One cpu, no memory: what a plain command gets (A53).
    public static final Needs ONE_CPU = new Needs(1000, 0, "", "", new TreeMap<>(), new TreeMap<>());

    /// Attributes of workers by which people sort them.
    public static final String POOL = "attr.worker.pool";

    public static final String TAG = "attr.worker.tag";

    /// A worker that has it takes what names one of its pools, and nothing else.
    public static final String POOL_ONLY = "attr.worker.pool.only";

    /// The hours of the day in which a worker works.
    public static final String HOURS = "attr.worker.hours";

    /// For how many seconds nobody must have sat at a worker's machine for it to work.
    public static final String IDLE_AFTER = "attr.worker.idle.after";

    /// Of a worker that takes nothing now: its machine's user is there; these are not its hours.
    public static final String IN_USE = "attr.worker.in.use";

    public static final String OFF_HOURS = "attr.worker.off.hours";

    /// How many gpus a worker has, and under which name its tasks reserve them.
    public static final String GPUS = "amount.worker.gpu";

    public static final String GPU = "gpu";

    /// Accepted values of an attribute: at least one of `anyOf` (when there are any) and every one of `allOf`.
    public record Attribute(List<String> anyOf, List<String> allOf) {
        public Attribute {
            anyOf = List.copyOf(anyOf);
            allOf = List.copyOf(allOf);
        }
    }

    private record Traits(
            String hosts,
            String platform,
            Map<String, Double> amounts,
            Map<String, Attribute> attributes,
            Map<String, Integer> limits) {}

    public Needs {
        if (platform.indexOf('"') >= 0 || platform.indexOf('\\') >= 0) {
            throw new IllegalArgumentException("no platform: " + platform);
        }
        amounts = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(amounts));
        attributes = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
        limits = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(limits));
    }

    public Needs(
            int cpuMilli,
            long memory,
            String hosts,
            String platform,
            SortedMap<String, Double> amounts,
            SortedMap<String, Attribute> attributes) {
        this(cpuMilli, memory, hosts, platform, amounts, attributes, new TreeMap<>());
    }

    /// Written out, since every submission puts it into a map: the compiler's own is made at the first call, slowly.
    @Override
    public boolean equals(Object other) {
        return other instanceof Needs n
                && n.cpuMilli == cpuMilli
                && n.memory == memory
                && n.hosts.equals(hosts)
                && n.platform.equals(platform)
                && n.amounts.equals(amounts)
                && n.attributes.equals(attributes)
                && n.limits.equals(limits);
    }

    @Override
    public int hashCode() {
        return Objects.hash(cpuMilli, memory, hosts, platform, amounts, attributes, limits);
    }

    public Needs withCpu(int milli) {
        return new Needs(milli, memory, hosts, platform, amounts, attributes, limits);
    }

    public Needs withMemory(long bytes) {
        return new Needs(cpuMilli, bytes, hosts, platform, amounts, attributes, limits);
    }

    public Needs withHosts(String globs) {
        return new Needs(cpuMilli, memory, globs, platform, amounts, attributes, limits);
    }

    public Needs withPlatform(String name) {
        return new Needs(cpuMilli, memory, hosts, name, amounts, attributes, limits);
    }

    /// A worker of one of these pools, lower case.
    public Needs withPool(List<String> names) {
        return withAttribute(POOL, new Attribute(names, List.of()));
    }

    /// A worker with each of these tags, lower case.
    public Needs withTags(List<String> names) {
        return withAttribute(TAG, new Attribute(List.of(), names));
    }

    private Needs withAttribute(String name, Attribute wanted) {
        var more = new TreeMap<>(attributes);
        more.put(name, wanted);
        return new Needs(cpuMilli, memory, hosts, platform, amounts, more, limits);
    }

    /// So many gpus of the machine, which others do not get meanwhile.
    public Needs withGpus(int count) {
        var more = new TreeMap<>(amounts);
        more.put(GPUS, (double) count);
        var taken = new TreeMap<>(limits);
        taken.put(GPU, count);
        return new Needs(cpuMilli, memory, hosts, platform, more, attributes, taken);
    }

    /// Asked for by this login.
    public Needs withLogin(String login) {
        return withAttribute(LOGIN, new Attribute(List.of(login), List.of()));
    }

    /// Who asks for it; empty when nobody has said.
    public Optional<String> login() {
        return Optional.ofNullable(attributes.get(LOGIN)).map(a -> a.anyOf().getFirst());
    }

    public Needs withLimits(Map<String, Integer> names) {
        return new Needs(cpuMilli, memory, hosts, platform, amounts, attributes, new TreeMap<>(names));
    }

    /// All but cpus and memory, as canonical JSON: equal needs give equal text.
    public String traitsJson() {
        if (hosts.isEmpty() && platform.isEmpty() && amounts.isEmpty() && attributes.isEmpty() && limits.isEmpty()) {
            return "{}";
        }
        if (hosts.isEmpty() && amounts.isEmpty() && attributes.isEmpty() && limits.isEmpty()) {
            // What every plain command asks. The mapper's own start-up takes longer than a whole `aque submit`.
            return PLATFORM + platform + "\"}";
        }
        return JsonMapper.shared().writeValueAsString(new Traits(hosts, platform, amounts, attributes, limits));
    }

    public static Needs of(int cpuMilli, long memory, String traitsJson) {
        if (traitsJson.equals("{}")) {
            return new Needs(cpuMilli, memory, "", "", new TreeMap<>(), new TreeMap<>());
        }
        if (traitsJson.startsWith(PLATFORM) && traitsJson.indexOf('"', PLATFORM.length()) == traitsJson.length() - 2) {
            var platform = traitsJson.substring(PLATFORM.length(), traitsJson.length() - 2);
            return new Needs(cpuMilli, memory, "", platform, new TreeMap<>(), new TreeMap<>());
        }
        var t = JsonMapper.shared().readValue(traitsJson, Traits.class);
        return new Needs(
                cpuMilli,
                memory,
                t.hosts == null ? "" : t.hosts,
                t.platform,
                new TreeMap<>(t.amounts == null ? Map.of() : t.amounts),
                new TreeMap<>(t.attributes == null ? Map.of() : t.attributes),
                new TreeMap<>(t.limits == null ? Map.of() : t.limits));
    }
}
