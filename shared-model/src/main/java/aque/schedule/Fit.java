package aque.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Can this worker, with nothing else running on it, ever run a task with these needs? The same rules decide what a
/// worker asks for and what `aque why` and the inspector say. Pure.
public final class Fit {
    private static final long MIB = 1024L * 1024;

    private Fit() {}

    /// One need that a worker does not meet: what is asked, and what there is instead.
    public record Miss(String need, String offered) {}

    public static boolean fits(Needs needs, Capabilities worker) {
        return misses(needs, worker).isEmpty();
    }

    /// Every need that the worker does not meet; empty when it fits.
    public static List<Miss> misses(Needs needs, Capabilities worker) {
        var out = new ArrayList<Miss>();
        if (needs.cpuMilli() > worker.cpuMilli()) {
            out.add(new Miss(cpus(needs.cpuMilli()) + " cpus", cpus(worker.cpuMilli())));
        }
        if (needs.memory() > worker.memory()) {
            out.add(new Miss(needs.memory() / MIB + " MiB of memory", worker.memory() / MIB + " MiB"));
        }
        if (!needs.hosts().isEmpty() && !hostMatches(needs.hosts(), worker.host())) {
            out.add(new Miss("host " + needs.hosts(), worker.host()));
        }
        if (!needs.platform().isEmpty() && !needs.platform().equalsIgnoreCase(worker.platform())) {
            out.add(new Miss("platform " + needs.platform(), worker.platform()));
        }
        needs.amounts().forEach((name, least) -> {
            var has = worker.amounts().getOrDefault(name, 0.0);
            if (least > has) {
                out.add(new Miss(name + " of " + plain(least), plain(has)));
            }
        });
        if (worker.attributes().containsKey(Needs.POOL_ONLY)
                && !needs.attributes().containsKey(Needs.POOL)) {
            out.add(new Miss("a worker that takes more than its pool", "pool only"));
        }
        present(worker, Needs.IN_USE).ifPresent(why -> out.add(new Miss("a machine that nobody sits at", why)));
        present(worker, Needs.OFF_HOURS).ifPresent(hours -> out.add(new Miss("a worker within its hours", hours)));
        needs.attributes().forEach((name, wanted) -> {
            if (name.equals(Needs.LOGIN)) {
                user(wanted, worker).ifPresent(out::add);
                return;
            }
            var has = worker.attributes().getOrDefault(name, Set.of());
            var any = wanted.anyOf().isEmpty() || wanted.anyOf().stream().anyMatch(has::contains);
            if (!any || !has.containsAll(wanted.allOf())) {
                out.add(new Miss(
                        name.replace("attr.worker.", "") + " " + describe(wanted),
                        has.isEmpty() ? "none" : String.join(", ", has)));
            }
        });
        return out;
    }

    private static Optional<String> present(Capabilities worker, String attribute) {
        return Optional.ofNullable(worker.attributes().get(attribute)).map(values -> String.join(", ", values));
    }

    /// A worker that names no logins takes everybody's tasks.
    private static Optional<Miss> user(Needs.Attribute login, Capabilities worker) {
        return Optional.ofNullable(worker.attributes().get(Needs.LOGIN))
                .filter(logins -> !logins.containsAll(login.anyOf()))
                .map(logins -> new Miss(
                        "to run as user " + String.join(", ", login.anyOf()),
                        logins.isEmpty() ? "nobody" : String.join(", ", logins)));
    }

    /// Globs in order, the first that matches decides; `!glob` excludes; only excludes means all but these (A60).
    public static boolean hostMatches(String globs, String host) {
        var onlyExcludes = true;
        for (var part : globs.split(",")) {
            var g = part.strip();
            if (g.isEmpty()) {
                continue;
            }
            var excludes = g.startsWith("!");
            onlyExcludes &= excludes;
            if (glob(excludes ? g.substring(1) : g)
                    .matcher(host.toLowerCase(Locale.ROOT))
                    .matches()) {
                return !excludes;
            }
        }
        return onlyExcludes;
    }

    private static Pattern glob(String g) {
        var regex = new StringBuilder();
        for (var c : g.toLowerCase(Locale.ROOT).toCharArray()) {
            switch (c) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString());
    }

    private static String describe(Needs.Attribute wanted) {
        var parts = new ArrayList<String>();
        if (!wanted.anyOf().isEmpty()) {
            parts.add("any of " + String.join(", ", wanted.anyOf()));
        }
        if (!wanted.allOf().isEmpty()) {
            parts.add("all of " + String.join(", ", wanted.allOf()));
        }
        return String.join(" and ", parts);
    }

    /// `2` or `0.5`: cores for people.
    public static String cpus(int milli) {
        return plain(milli / 1000.0);
    }

    private static String plain(double d) {
        return d == Math.rint(d) ? Long.toString((long) d) : Double.toString(d);
    }
}
