package aque.cli;

import aque.farm.FarmStore;
import aque.farm.JobSummary;
import aque.task.TaskId;
import aque.task.TaskKind;
import aque.task.TaskView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// `aque status`: jobs in rows, a job as its tree, or JSON, one object a line (A90).
final class StatusCommand {
    private StatusCommand() {}

    static int run(Shell shell, List<String> typed) throws InterruptedException {
        var args = Arguments.anywhere(
                typed,
                Arguments.options(
                        Arguments.flag("json", "one JSON object a line"),
                        Arguments.value("label", "NAME=VALUE", "jobs with this label"),
                        Arguments.flag(
                                "watch", "again and again as it changes, until Ctrl-C or all named have ended")));
        return args.has("watch") ? Watch.run(shell, args.ids(), () -> print(shell, args)) : print(shell, args);
    }

    private static int print(Shell shell, Arguments args) {
        var farm = shell.farm();
        if (args.words().isEmpty()) {
            var wanted = LabelCommand.labels(args.all("label")).entrySet();
            var jobs = farm.jobs().stream()
                    .filter(j -> j.labels().entrySet().containsAll(wanted))
                    .toList();
            return args.has("json") ? allJson(shell, farm, jobs) : jobs(shell, jobs);
        }
        for (var task : shell.tasks(args.ids())) {
            if (args.has("json")) {
                json(shell, farm, task);
            } else {
                tree(shell, task, children(farm.tasksOfJob(task.job())), 0);
                farm.sizes(task.id()).forEach(shell.out()::println);
            }
        }
        return Exit.DONE;
    }

    private static int jobs(Shell shell, List<JobSummary> jobs) {
        if (jobs.isEmpty()) {
            shell.say("no jobs yet: aque demo, or aque submit -- echo hello");
            return Exit.DONE;
        }
        shell.out()
                .printf(
                        "%8s  %-10s %6s  %6s %6s %6s %6s  %5s  %-10s %s%n",
                        "id", "state", "done", "run", "wait", "error", "total", "prio", "owner", "name");
        for (var j : jobs) {
            var r = j.root();
            shell.out()
                    .printf(
                            "%8s  %-10s %5.0f%%  %6d %6d %6d %6d  %5d  %-10s %s%n",
                            r.id(),
                            r.state().word(),
                            j.done(),
                            j.running(),
                            j.waiting() + j.pending() + j.held(),
                            j.error(),
                            j.total(),
                            r.priority(),
                            Text.shorter(Text.clean(r.owner()), 10),
                            Text.shorter(Text.clean(r.name()), 60));
        }
        return Exit.DONE;
    }

    private static Map<TaskId, List<TaskView>> children(List<TaskView> tasks) {
        var out = new HashMap<TaskId, List<TaskView>>();
        tasks.forEach(t -> t.parent()
                .ifPresent(p -> out.computeIfAbsent(p, k -> new ArrayList<>()).add(t)));
        return out;
    }

    private static void tree(Shell shell, TaskView t, Map<TaskId, List<TaskView>> children, int depth) {
        shell.out()
                .printf(
                        "%8s  %-10s %-16s %s%s%n",
                        t.id(), t.state().word(), note(t), "  ".repeat(depth), Text.shorter(Text.clean(t.name()), 80));
        children.getOrDefault(t.id(), List.of()).forEach(c -> tree(shell, c, children, depth + 1));
    }

    private static String note(TaskView t) {
        if (t.state().active()) {
            return (t.progress() >= 0 ? Math.round(t.progress()) + "% " : "") + Text.clean(t.worker());
        }
        if (t.exitCode().isPresent() && t.exitCode().getAsInt() != 0) {
            return "exit " + t.exitCode().getAsInt();
        }
        if (t.signal().isPresent()) {
            return "signal " + t.signal().getAsInt();
        }
        return t.ended().isPresent() && t.started().isPresent() && t.kind() != TaskKind.GROUP
                ? time(t.started().get(), t.ended().get())
                : t.reason();
    }

    private static String time(Instant from, Instant to) {
        var d = Duration.between(from, to);
        return d.toHours() > 0
                ? Text.clock(d)
                : "%d:%02d.%d".formatted(d.toMinutes(), d.toSecondsPart(), d.toMillisPart() / 100);
    }

    private static int allJson(Shell shell, FarmStore farm, List<JobSummary> jobs) {
        for (var job : jobs) {
            json(shell, farm, job.root());
        }
        return Exit.DONE;
    }

    /// The task asked for, then everything below it.
    private static void json(Shell shell, FarmStore farm, TaskView task) {
        var below = task.kind() == TaskKind.GROUP
                ? children(farm.tasksOfJob(task.job()))
                : Map.<TaskId, List<TaskView>>of();
        var upstream = new HashMap<TaskId, List<Long>>();
        farm.edges(task.job())
                .forEach(e -> upstream.computeIfAbsent(e.downstream(), k -> new ArrayList<>())
                        .add(e.upstream().value()));
        var mapper = JsonMapper.shared();
        var todo = new java.util.ArrayDeque<TaskView>(List.of(task));
        while (!todo.isEmpty()) {
            var t = todo.removeFirst();
            var object = object(t, dependsOn(t, upstream));
            if (t.isJob()) {
                farm.details(t.id()).ifPresent(d -> {
                    object.put("labels", d.labels());
                    object.put(
                            "predictedEnd",
                            d.predictedEnd().map(Instant::toString).orElse(null));
                });
            }
            shell.out().println(mapper.writeValueAsString(object));
            below.getOrDefault(t.id(), List.of()).reversed().forEach(todo::addFirst);
        }
    }

    /// Its own edges and those of the groups around it.
    private static List<Long> dependsOn(TaskView t, Map<TaskId, List<Long>> upstream) {
        var own = new ArrayList<>(upstream.getOrDefault(t.id(), List.of()));
        own.sort(null);
        return own;
    }

    private static Map<String, @Nullable Object> object(TaskView t, List<Long> dependsOn) {
        var o = new LinkedHashMap<String, @Nullable Object>();
        o.put("id", t.id().value());
        o.put("job", t.job().value());
        o.put("parent", t.parent().map(TaskId::value).orElse(null));
        o.put("kind", t.kind().name().toLowerCase(java.util.Locale.ROOT));
        o.put("name", t.name());
        o.put("state", t.state().word());
        o.put("reason", t.reason().isEmpty() ? null : t.reason());
        o.put("exitCode", number(t.exitCode()));
        o.put("signal", number(t.signal()));
        o.put("attempt", t.attempt());
        o.put("worker", t.worker().isEmpty() ? null : t.worker());
        o.put("progress", t.progress() < 0 ? null : t.progress());
        o.put("status", t.status().isEmpty() ? null : t.status());
        o.put("priority", t.priority());
        o.put("owner", t.owner());
        o.put("created", t.created().toString());
        o.put("started", t.started().map(Instant::toString).orElse(null));
        o.put("ended", t.ended().map(Instant::toString).orElse(null));
        o.put("cause", t.cause().map(TaskId::value).orElse(null));
        o.put("dependsOn", dependsOn);
        return o;
    }

    private static @Nullable Integer number(OptionalInt n) {
        return n.isPresent() ? n.getAsInt() : null;
    }
}
