package aque.cli;

import aque.farm.WorkerLogStore;
import aque.farm.WorkerView;
import aque.schedule.Fit;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.commons.cli.Options;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// `aque workers`: who is up, with what, doing how much; and the commands that keep workers from work.
final class WorkersCommand {
    private static final int MOST_LINES = 1000;

    private WorkersCommand() {}

    static int run(Shell shell, List<String> typed) {
        if (!typed.isEmpty() && typed.getFirst().equals("set")) {
            return set(shell, typed.subList(1, typed.size()));
        }
        if (typed.size() > 1 && typed.getFirst().equals("reload")) {
            return steer(shell, words(typed), "reloads", shell.broker()::reloadWorkers);
        }
        if (typed.size() > 1 && typed.getFirst().equals("stop")) {
            return steer(shell, words(typed), "stops", shell.broker()::stopWorkers);
        }
        if (typed.size() == 2 && typed.getFirst().equals("log")) {
            new WorkerLogStore(shell.database())
                    .last(typed.get(1), MOST_LINES)
                    .forEach(l -> shell.out().println(l.at() + " " + l.level() + " " + Text.clean(l.text())));
            return Exit.DONE;
        }
        var args = Arguments.anywhere(typed, Arguments.options(Arguments.flag("json", "one JSON object a line")));
        var workers = shell.farm().workers();
        if (args.has("json")) {
            for (var w : workers) {
                var o = new LinkedHashMap<String, Object>();
                o.put("id", w.id());
                o.put("name", w.name());
                o.put("host", w.host());
                o.put("state", w.state());
                o.put("cpus", w.cpuMilli() / 1000.0);
                o.put("memory", w.memory());
                o.put("usedCpus", w.usedCpuMilli() / 1000.0);
                o.put("usedMemory", w.usedMemory());
                o.put("running", w.running());
                o.put("silent", w.silent().toMillis() / 1000.0);
                o.put("version", w.version());
                o.put("attributes", w.capabilities().attributes());
                o.put("note", w.note());
                o.put("aside", w.aside().map(WorkerView.Aside::note).orElse(null));
                shell.out().println(JsonMapper.shared().writeValueAsString(o));
            }
            return Exit.DONE;
        }
        if (workers.isEmpty()) {
            shell.say("no worker is up: start one with `aque worker`");
        }
        for (var w : workers) {
            shell.out()
                    .printf(
                            "%-20s %-9s %6s of %s cpus  %6d of %d MiB  %d running  silent %ds%s%n",
                            Text.clean(w.name()),
                            w.state(),
                            Fit.cpus(w.usedCpuMilli()),
                            Fit.cpus(w.cpuMilli()),
                            w.usedMemory() >> 20,
                            w.memory() >> 20,
                            w.running(),
                            w.silent().toSeconds(),
                            said(w));
        }
        return Exit.DONE;
    }

    private static Arguments words(List<String> typed) {
        return Arguments.anywhere(typed.subList(1, typed.size()), new Options());
    }

    /// What the farm says of many workers at once; an empty value takes back what it said.
    private static int set(Shell shell, List<String> typed) {
        var args = Arguments.anywhere(
                typed,
                Arguments.options(
                        Arguments.value("cpus", "N", "cores that they give, at most what their own files say"),
                        Arguments.value("memory", "SIZE", "memory that they give, likewise"),
                        Arguments.value("pool", "NAMES", "pools that they are in"),
                        Arguments.value("pool-only", "yes|no", "whether they take what names none of their pools"),
                        Arguments.value("tag", "NAMES", "tags that tasks may ask for"),
                        Arguments.value("hours", "FROM-TO", "works in these hours of each day only, 19:00-08:00"),
                        Arguments.value("idle-after", "D", "works only while nobody has sat at its machine so long")));
        var said = new LinkedHashMap<String, @Nullable Object>();
        say(said, args, "cpus", Units::cpuMilli);
        say(said, args, "memory", Units::size);
        args.get("pool").ifPresent(t -> said.put("pools", t.isEmpty() ? null : WorkerCommand.names(t)));
        args.get("tag").ifPresent(t -> said.put("tags", t.isEmpty() ? null : WorkerCommand.names(t)));
        args.get("pool-only").ifPresent(t -> said.put("poolOnly", t.isEmpty() ? null : t.equals("yes")));
        say(said, args, "hours", t -> WorkerCommand.hours(t).toString());
        say(said, args, "idle-after", "idleAfter", t -> Units.duration(t).toSeconds());
        if (said.isEmpty()) {
            throw new UsageException("set what? --cpus, --memory, --pool, --pool-only, --tag, --hours or --idle-after");
        }
        var names = named(shell, args).stream().map(WorkerView::name).distinct().toList();
        shell.broker().setWorkers(names, JsonMapper.shared().writeValueAsString(said));
        names.forEach(n -> shell.out().println(Text.clean(n) + " set"));
        return Exit.DONE;
    }

    private static void say(
            Map<String, @Nullable Object> said, Arguments args, String name, Function<String, Object> reading) {
        say(said, args, name, name, reading);
    }

    private static void say(
            Map<String, @Nullable Object> said,
            Arguments args,
            String option,
            String name,
            Function<String, Object> reading) {
        args.get(option).ifPresent(t -> said.put(name, t.isEmpty() ? null : reading.apply(t)));
    }

    /// With `--by` what still runs at that time is given back.
    static int drain(Shell shell, List<String> typed) {
        var args = Arguments.anywhere(
                typed,
                Arguments.options(
                        Arguments.value("by", "TIME", "what still runs then starts again elsewhere: 18:00, 30m")));
        var by = args.get("by").map(t -> time(t, ZonedDateTime.now()));
        var workers = named(shell, args);
        var code = steer(shell, args, "draining", shell.broker()::drain);
        var ids = workers.stream().map(WorkerView::id).toList();
        by.ifPresent(at -> shell.broker().drainBy(ids, at));
        var empty = workers.stream().filter(w -> w.running() == 0).count();
        var last = shell.farm()
                .emptyAt(ids)
                .map(at -> ", last about "
                        + LocalTime.ofInstant(at, ZoneId.systemDefault()).truncatedTo(ChronoUnit.MINUTES))
                .orElse("");
        shell.say("empty: " + empty + " of " + workers.size() + last);
        return by.isPresent() ? Exit.DONE : code;
    }

    /// `18:00`, today or tomorrow, or a duration from now.
    static Instant time(String text, ZonedDateTime now) {
        if (!text.contains(":")) {
            return now.toInstant().plus(Units.duration(text));
        }
        try {
            var today = now.with(LocalTime.parse(text.length() == 4 ? "0" + text : text));
            return (today.isAfter(now) ? today : today.plusDays(1)).toInstant();
        } catch (DateTimeException e) {
            throw new UsageException("a time is 18:00 or 30m, not " + text);
        }
    }

    static int undrain(Shell shell, List<String> typed) {
        return steer(shell, Arguments.anywhere(typed, new Options()), "up", shell.broker()::undrain);
    }

    static int aside(Shell shell, List<String> typed) {
        var args = Arguments.anywhere(typed, Arguments.options(Arguments.value("note", "TEXT", "why, for everybody")));
        var note = args.get("note").orElse("");
        return steer(shell, args, "aside", ids -> shell.broker().setAside(ids, note));
    }

    private static String said(WorkerView worker) {
        return worker.aside()
                .map(a -> "  aside: " + Text.clean(a.note()))
                .orElse(worker.note().isEmpty() ? "" : "  note: " + Text.clean(worker.note()));
    }

    /// Workers are named by number or by name, with `*` and `?` for what may be anything.
    private static int steer(
            Shell shell, Arguments args, String done, Function<Collection<Integer>, List<Integer>> action) {
        var workers = named(shell, args);
        var ids = workers.stream().map(WorkerView::id).toList();
        var changed = action.apply(ids);
        workers.stream()
                .filter(w -> changed.contains(w.id()))
                .forEach(w -> shell.out().println(Text.clean(w.name()) + " " + done));
        if (changed.isEmpty()) {
            shell.say("nothing to change");
        }
        return changed.isEmpty() ? Exit.FAILED : Exit.DONE;
    }

    private static List<WorkerView> named(Shell shell, Arguments args) {
        if (args.words().isEmpty()) {
            throw new UsageException("which worker? `aque workers` lists them");
        }
        var workers = shell.farm().workers();
        var out = new ArrayList<WorkerView>();
        for (var word : args.words()) {
            var named = workers.stream()
                    .filter(w -> Fit.hostMatches(word, w.name())
                            || Integer.toString(w.id()).equals(word))
                    .toList();
            if (named.isEmpty()) {
                throw new UsageException("no worker " + word);
            }
            out.addAll(named);
        }
        return out;
    }
}
