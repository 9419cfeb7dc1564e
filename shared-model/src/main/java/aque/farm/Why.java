package aque.farm;

import aque.db.Database;
import aque.schedule.Fit;
import aque.schedule.Needs;
import aque.schedule.Waiting;
import aque.task.TaskId;
import aque.task.TaskKind;
import aque.task.TaskView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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

    /// One reason a line, with the command that mends it; for a group the reasons of its parts, each with the part's
    /// name. Never empty.
    public List<String> reasons(TaskView task) {
        return told(task).stream().map(Reason::toString).toList();
    }

    /// The same for a window, which mends by more than commands.
    public List<Reason> told(TaskView task) {
        return switch (task.state()) {
            case RUNNING -> List.of(Reason.of("it is running on " + task.worker()));
            case STOPPING -> List.of(Reason.of("it is being stopped on " + task.worker()));
            case SUSPENDED -> List.of(Reason.of("it is suspended on " + task.worker()));
            case SUCCESS, KILLED, CANCELLED ->
                List.of(Reason.of("it has ended: " + task.state().word()));
            case ERROR -> List.of(failed(task));
            case HELD -> List.of(held(task));
            case CREATING -> List.of(Reason.of("it is being submitted"));
            case WAITING, PENDING -> task.kind() == TaskKind.GROUP ? group(task) : one(task);
        };
    }

    /// What the site's policy gave its job, a line each; most often nothing.
    public List<String> given(TaskView task) {
        return policy.given(task.job());
    }

    private static Reason held(TaskView task) {
        var words = switch (task.reason()) {
            case "too_many_errors" -> "it is held, too many of its tasks failed";
            case "preview" -> "its job's previews are looked at first";
            default -> "it is held";
        };
        return Reason.of(words, new Mend.Release(task.id()));
    }

    private Reason failed(TaskView task) {
        if (!task.blocked()) {
            return Reason.of("it has ended: error" + (task.reason().isEmpty() ? "" : " (" + task.reason() + ")"));
        }
        return task.cause()
                .flatMap(farm::task)
                .map(c -> Reason.of(
                        "blocked by " + label(c) + ", which ended in "
                                + c.state().word(),
                        new Mend.Root(c.id(), task.id())))
                .orElseGet(() -> Reason.of("blocked: something that it depends on failed"));
    }

    private List<Reason> one(TaskView task) {
        if (task.stopsAt().isPresent()) {
            return List.of(Reason.of("somebody asked to stop it: nothing of it starts unless that is undone"));
        }
        var upstream = farm.tasks(farm.waitsFor(task.id())).stream()
                .map(u -> Reason.of(
                        "waits for " + label(u) + ", which is " + u.state().word(), new Mend.Upstream(u.id())))
                .toList();
        if (!upstream.isEmpty()) {
            return upstream;
        }
        var heldBack = new HeldBack(database).reasons(task.id());
        return heldBack.isEmpty() ? capacity(task.id(), needs(task.id())) : heldBack;
    }

    private List<Reason> group(TaskView group) {
        var out = new LinkedHashMap<String, Reason>();
        for (var part : parts(group.id())) {
            farm.task(part).ifPresent(t -> {
                var name = t.parent()
                        .flatMap(farm::task)
                        .filter(p -> !p.isJob())
                        .map(TaskView::name)
                        .orElse(t.name());
                told(t).stream().map(r -> r.in(name)).forEach(r -> out.putIfAbsent(r.words(), r));
            });
        }
        if (out.isEmpty()) {
            return List.of(Reason.of("waits for its members"));
        }
        return List.copyOf(out.values());
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

    private List<Reason> capacity(TaskId task, Needs needs) {
        var rooms = new KeptRooms(database);
        var kept = rooms.besides(task);
        var offers = database.read(c -> OfferRows.read(c, kept));
        var mend = mend(task, needs, offers);
        var reasons = Stream.concat(
                rooms.keeper(task).map(w -> Reason.of(w + " keeps what becomes free for it")).stream(),
                Waiting.reasons(needs, offers).stream().map(words -> new Reason(words, mend)));
        return mend.isPresent() || Waiting.hasRoom(needs, offers)
                ? reasons.toList()
                : Stream.concat(reasons, Stream.of(new QueuePlace(database).of(task)))
                        .toList();
    }

    private static Optional<Mend> mend(TaskId task, Needs needs, List<Waiting.Offer> offers) {
        var up = offers.stream().filter(w -> !w.draining()).toList();
        if (up.isEmpty()) {
            return Optional.of(new Mend.Worker(offers.isEmpty()));
        }
        return up.stream().anyMatch(w -> Fit.fits(needs, w.whole()))
                ? Optional.empty()
                : Optional.of(new Mend.Needs(task));
    }

    private Needs needs(TaskId id) {
        return database.first(
                        "SELECT q.cpu_m, q.memory, q.needs, q.login FROM task t JOIN lane l USING (lane_id) JOIN req_class q"
                                + " USING (rclass) WHERE t.task_id = ?",
                        s -> s.setLong(1, id.value()),
                        r -> Needs.of(r.getInt(1), r.getLong(2), r.getString(3)).withLogin(r.getString(4)))
                .orElse(Needs.ONE_CPU);
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
