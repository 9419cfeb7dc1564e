package aque.farm;

import aque.db.Database;
import aque.schedule.Fit;
import aque.schedule.Needs;
import aque.schedule.Waiting;
import aque.task.TaskId;
import aque.task.TaskKind;
import aque.task.TaskView;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/// Answers "why is it not running?" from the same tables and rules that decide it. For the command line and the
/// inspector; any thread.
public final class Why {
    private final Database database;
    private final FarmStore farm;
    private final PolicyStore policy;

    public Why(Database database) {
        this.database = database;
        this.farm = new FarmStore(database);
        this.policy = new PolicyStore(database);
    }

    /// One reason a line; for a group the reasons of its parts, each with the part's name. Never empty.
    public List<String> reasons(TaskView task) {
        return switch (task.state()) {
            case RUNNING -> List.of("it is running on " + task.worker());
            case STOPPING -> List.of("it is being stopped on " + task.worker());
            case SUSPENDED -> List.of("it is suspended on " + task.worker());
            case SUCCESS, KILLED, CANCELLED ->
                List.of("it has ended: " + task.state().word());
            case ERROR -> failed(task);
            case HELD -> List.of(held(task));
            case CREATING -> List.of("it is being submitted");
            case WAITING, PENDING -> task.kind() == TaskKind.GROUP ? group(task) : one(task);
        };
    }

    /// What the site's policy gave its job, a line each; most often nothing.
    public List<String> given(TaskView task) {
        return policy.given(task.job());
    }

    private static String held(TaskView task) {
        return switch (task.reason()) {
                    case "too_many_errors" -> "it is held, too many of its tasks failed";
                    case "preview" -> "its job's previews are looked at first";
                    default -> "it is held";
                }
                + ": `aque release " + task.id() + "` lets it start";
    }

    private List<String> failed(TaskView task) {
        if (!task.blocked()) {
            return List.of("it has ended: error" + (task.reason().isEmpty() ? "" : " (" + task.reason() + ")"));
        }
        return List.of(task.cause()
                .flatMap(farm::task)
                .map(c -> "blocked by " + label(c) + ", which ended in "
                        + c.state().word() + ": `aque retry " + c.id() + "` re-arms both")
                .orElse("blocked: something that it depends on failed"));
    }

    private List<String> one(TaskView task) {
        if (task.stopsAt().isPresent()) {
            return List.of("somebody asked to stop it: nothing of it starts unless that is undone");
        }
        var upstream = farm.tasks(farm.waitsFor(task.id())).stream()
                .map(u -> "waits for " + label(u) + ", which is " + u.state().word())
                .toList();
        if (!upstream.isEmpty()) {
            return upstream;
        }
        var heldBack = new HeldBack(database).reasons(task.id());
        return heldBack.isEmpty() ? capacity(needs(task.id())) : heldBack;
    }

    private List<String> group(TaskView group) {
        var out = new LinkedHashSet<String>();
        for (var part : parts(group.id())) {
            farm.task(part).ifPresent(t -> {
                var name = t.parent()
                        .flatMap(farm::task)
                        .filter(p -> !p.isJob())
                        .map(TaskView::name)
                        .orElse(t.name());
                reasons(t).forEach(r -> out.add(name + ": " + r));
            });
        }
        if (out.isEmpty()) {
            out.add("waits for its members");
        }
        return List.copyOf(out);
    }

    /// One task of each lane in or below the group that has not ended.
    private List<TaskId> parts(TaskId group) {
        return database
                .list(
                        """
                        SELECT (SELECT min(t.task_id) FROM task t WHERE t.job_id = l.job_id AND t.lane_id = l.lane_id AND t.state IN ('B', 'R')
                                 AND NOT EXISTS (SELECT 1 FROM lease e WHERE e.task_id = t.task_id))
                          FROM lane l WHERE l.job_id = (SELECT job_id FROM task WHERE task_id = ?) AND (l.group_id = ? OR l.job_id = ?)
                           AND l.todo > l.failed ORDER BY l.lane_id LIMIT 50""",
                        s -> {
                            s.setLong(1, group.value());
                            s.setLong(2, group.value());
                            s.setLong(3, group.value());
                        },
                        r -> IdRows.ifAny(r, 1))
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private List<String> capacity(Needs needs) {
        var offers = farm.workers().stream()
                .filter(w -> !w.state().equals("lost"))
                .map(w -> new Waiting.Offer(
                        w.name(),
                        w.capabilities(),
                        w.cpuMilli() - w.usedCpuMilli(),
                        w.memory() - w.usedMemory(),
                        w.state().equals("draining")))
                .toList();
        return Waiting.reasons(needs, offers);
    }

    private Needs needs(TaskId id) {
        var needs = farm.details(id).map(TaskDetails::needs).orElse(Needs.ONE_CPU);
        return login(id).map(needs::withLogin).orElse(needs);
    }

    private Optional<String> login(TaskId id) {
        return database.first(
                "SELECT q.login FROM task t JOIN lane l USING (lane_id) JOIN req_class q USING (rclass) WHERE t.task_id = ?",
                s -> s.setLong(1, id.value()),
                r -> r.getString(1));
    }

    private static String label(TaskView t) {
        return t.name() + " (" + t.id() + ")";
    }

    /// `2 cpus, 8 GiB` for people.
    public static String describe(Needs needs) {
        var cpu =
                needs.cpuMilli() < 0 ? "1/" + -needs.cpuMilli() + " of the cpus" : Fit.cpus(needs.cpuMilli()) + " cpu";
        return needs.memory() == 0 ? cpu : cpu + ", " + (needs.memory() >> 20) + " MiB";
    }
}
