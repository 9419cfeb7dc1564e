package aque.cli;

import aque.farm.StatStore;
import aque.farm.WorkStat;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// `aque stats`: what hosts, groups or days of the farm did, what of it led to nothing, and how long jobs waited.
final class StatsCommand {
    private static final Duration USUAL = Duration.ofDays(7);

    private StatsCommand() {}

    static int run(Shell shell, List<String> typed) {
        var args = Arguments.anywhere(
                typed,
                Arguments.options(
                        Arguments.value("since", "D", "so long back, 7d"),
                        Arguments.value("by", "WHAT", "host, group or day; host"),
                        Arguments.flag("json", "one JSON object a line")));
        if (!args.words().isEmpty()) {
            throw new UsageException("stats takes no words");
        }
        var since = args.get("since").map(Units::duration).orElse(USUAL);
        var by = by(args.get("by").orElse("host"));
        var store = new StatStore(shell.database());
        store.addUp();
        var stats = store.since(Instant.now().minus(since), by);
        if (args.has("json")) {
            stats.forEach(s -> shell.out().println(JsonMapper.shared().writeValueAsString(json(s))));
            return Exit.DONE;
        }
        var form = "%-24s %8s %8s %6s %6s %11s %11s %6s %9s %9s%n";
        shell.out()
                .printf(
                        form,
                        by.name().toLowerCase(Locale.ROOT),
                        "done",
                        "failed",
                        "lost",
                        "taken",
                        "worked",
                        "wasted",
                        "waste",
                        "waited",
                        "longest");
        for (var s : stats) {
            shell.out()
                    .printf(
                            form,
                            Text.shorter(Text.clean(s.name()), 24),
                            s.done(),
                            s.failed(),
                            s.lost(),
                            s.taken(),
                            Text.clock(s.worked()),
                            Text.clock(s.wasted()),
                            Math.round(100 * s.waste()) + "%",
                            s.waited().map(Text::clock).orElse("-"),
                            s.longest().map(Text::clock).orElse("-"));
        }
        return Exit.DONE;
    }

    private static WorkStat.By by(String word) {
        return Arrays.stream(WorkStat.By.values())
                .filter(b -> b.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> new UsageException("--by is host, group or day, not " + word));
    }

    private static Map<String, Object> json(WorkStat s) {
        var out = new LinkedHashMap<String, Object>();
        out.put("name", s.name());
        out.put("done", s.done());
        out.put("failed", s.failed());
        out.put("lost", s.lost());
        out.put("taken", s.taken());
        out.put("workedSeconds", s.worked().toMillis() / 1000.0);
        out.put("wastedSeconds", s.wasted().toMillis() / 1000.0);
        seconds(s.waited()).ifPresent(t -> out.put("waitedSeconds", t));
        seconds(s.longest()).ifPresent(t -> out.put("longestWaitSeconds", t));
        return out;
    }

    private static Optional<Double> seconds(Optional<Duration> time) {
        return time.map(t -> t.toMillis() / 1000.0);
    }
}
