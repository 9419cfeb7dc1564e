package aque.broker;

import aque.schedule.Needs;
import aque.submit.NewTask;
import aque.submit.ResultWords;
import aque.submit.Submission;
import aque.submit.TaskFrames;
import aque.submit.TaskOrder;
import aque.submit.Work;
import aque.task.TaskId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A submission as the arrays that the SQL function `submit` takes: tasks in order, lanes, gates and edges.
/// A wait by or on a whole group becomes one gate a lane; 50,000 after 50,000 costs one row, not 2.5 thousand
/// million.
final class SubmitRows {
    /// A key of its own making: what the compiler makes for records is put together at the first call, which costs a
    /// command more than all it does here.
    private record Lane(int group, Needs needs, List<String> io, boolean exclusive) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Lane l
                    && l.group == group
                    && l.exclusive == exclusive
                    && l.needs.equals(needs)
                    && l.io.equals(io);
        }

        @Override
        public int hashCode() {
            return 31 * group + needs.hashCode();
        }
    }

    private record Pair(int up, int down) {}

    private final Submission submission;
    private final List<NewTask> tasks;
    private final int[] place;
    private final LinkedHashMap<Lane, Integer> lanes = new LinkedHashMap<>();
    private final int[] laneOf;
    private final List<Pair> edges = new ArrayList<>();
    private final LinkedHashMap<Pair, Boolean> gates = new LinkedHashMap<>();
    private final int[] steps;

    private SubmitRows(Submission submission) {
        this.submission = submission;
        var given = submission.tasks();
        var order = TaskOrder.of(given);
        place = new int[order.length];
        for (var i = 0; i < order.length; i++) {
            place[order[i]] = i;
        }
        tasks = new ArrayList<>(order.length);
        for (var i : order) {
            tasks.add(given.get(i));
        }
        laneOf = new int[tasks.size()];
        steps = CriticalPath.steps(tasks, this::parent, this::upstream);
        chooseLanes();
        chooseEdges();
    }

    /// @throws aque.submit.SubmitException for a graph that cannot be
    static SubmitRows of(Submission submission) {
        return new SubmitRows(submission);
    }

    private int parent(NewTask t) {
        return t.parent() < 0 ? -1 : place[t.parent()];
    }

    private int[] upstream(NewTask t) {
        return t.upstream().stream().mapToInt(u -> place[u]).toArray();
    }

    private Lane lane(NewTask t) {
        return new Lane(parent(t), t.needs(), t.options().ioPaths(), t.options().exclusive());
    }

    private void chooseLanes() {
        for (var i = 0; i < laneOf.length; i++) {
            var t = tasks.get(i);
            laneOf[i] = t.isGroup() ? -1 : lanes.computeIfAbsent(lane(t), l -> lanes.size());
        }
    }

    private void chooseEdges() {
        var members = lanesWithin();
        for (var i = 0; i < tasks.size(); i++) {
            for (var u : new java.util.TreeSet<>(tasks.get(i).upstream())) {
                if (tasks.get(i).isGroup()) {
                    for (var lane : members.getOrDefault(i, List.of())) {
                        gates.put(new Pair(place[u], lane), true);
                    }
                } else {
                    edges.add(new Pair(place[u], i));
                }
            }
        }
        edges.sort((a, b) -> a.up != b.up ? Integer.compare(a.up, b.up) : Integer.compare(a.down, b.down));
    }

    /// The lanes of each group, those of its inner groups too.
    private Map<Integer, List<Integer>> lanesWithin() {
        var out = new HashMap<Integer, List<Integer>>();
        lanes.forEach((lane, number) -> {
            for (var g = lane.group(); g >= 0; g = parent(tasks.get(g))) {
                out.computeIfAbsent(g, k -> new ArrayList<>()).add(number);
            }
        });
        return out;
    }

    /// What its lanes ask of machines.
    List<Needs> needs() {
        return lanes.keySet().stream().map(Lane::needs).distinct().toList();
    }

    /// Calls `submit` in the caller's transaction.
    ///
    /// @return the job's id; negative when its key was known
    long write(Connection c, Map<Needs, Integer> known) throws SQLException {
        var classes = lanes.keySet().stream()
                .map(l -> Objects.requireNonNull(known.get(l.needs())))
                .toList();
        var allLanes = List.copyOf(lanes.keySet());
        var gateList = List.copyOf(gates.keySet());
        var after = submission.after();
        var numbers = new ArrayList<Integer>();
        for (var i = 0; i < allLanes.size(); i++) {
            numbers.add(i);
        }
        var leaves = IntStream.range(0, tasks.size())
                .filter(i -> !tasks.get(i).isGroup())
                .boxed()
                .toList();
        record Cross(TaskId up, int place) {}
        var cross = after.stream()
                .flatMap(a -> numbers.stream().map(l -> new Cross(a, l)))
                .toList();
        var waits = new ArrayList<Cross>();
        for (var wait : submission.rules().byFrame()) {
            var upstream = FrameEdges.upstream(
                    c,
                    wait,
                    leaves.stream().map(i -> TaskFrames.of(tasks.get(i))).toList());
            for (var i = 0; i < upstream.size(); i++) {
                var place = leaves.get(i);
                upstream.get(i).forEach(up -> waits.add(new Cross(up, place)));
            }
        }
        for (var place : leaves) {
            if (tasks.get(place).work() instanceof Work.Command w) {
                ResultWords.tasks(w.argv()).forEach(up -> waits.add(new Cross(up, place)));
            }
        }
        var pending = new int[tasks.size()];
        edges.forEach(e -> pending[e.down()]++);
        var index = new int[] {0};
        try (var s = c.prepareStatement("SELECT submit(" + "?,".repeat(33) + "?)")) {
            var p = 1;
            s.setString(p++, submission.key().orElse(null));
            s.setString(p++, submission.owner());
            s.setString(p++, submission.title());
            s.setString(p++, submission.cwd().toString());
            s.setString(p++, JsonText.object(submission.environment()));
            s.setString(p++, submission.document().orElse(null));
            s.setBoolean(p++, submission.held());
            s.setArray(p++, SqlArrays.of(c, "text", tasks, t -> kind(t.work())));
            s.setArray(p++, SqlArrays.of(c, "int4", tasks, this::parent));
            s.setArray(
                    p++,
                    c.createArrayOf(
                            "int4", java.util.Arrays.stream(laneOf).boxed().toArray()));
            s.setArray(p++, SqlArrays.of(c, "text", tasks, NewTask::name));
            s.setArray(
                    p++,
                    SqlArrays.of(
                            c,
                            "text",
                            tasks,
                            t -> t.work() instanceof Work.Command w ? JsonText.list(w.argv()) : null));
            s.setArray(p++, SqlArrays.of(c, "int4", tasks, t -> t.work() instanceof Work.OpenJd w ? w.step() : null));
            s.setArray(
                    p++,
                    SqlArrays.of(c, "text", tasks, t -> t.work() instanceof Work.OpenJd w ? w.parameters() : null));
            s.setArray(
                    p++,
                    SqlArrays.of(c, "text", tasks, t -> t.options().toJson().orElse(null)));
            s.setArray(p++, SqlArrays.of(c, "int8", tasks, t -> sortKey(t, index[0]++)));
            s.setArray(
                    p++,
                    c.createArrayOf(
                            "int4", java.util.Arrays.stream(pending).boxed().toArray()));
            s.setArray(p++, SqlArrays.of(c, "int4", allLanes, Lane::group));
            s.setArray(p++, c.createArrayOf("int4", classes.toArray()));
            s.setArray(p++, SqlArrays.of(c, "int4", allLanes, l -> submission.priority()));
            s.setArray(p++, SqlArrays.of(c, "int4", gateList, Pair::up));
            s.setArray(p++, SqlArrays.of(c, "int4", gateList, Pair::down));
            s.setArray(p++, SqlArrays.of(c, "int4", edges, Pair::up));
            s.setArray(p++, SqlArrays.of(c, "int4", edges, Pair::down));
            s.setArray(p++, SqlArrays.of(c, "int8", waits, x -> x.up().value()));
            s.setArray(p++, SqlArrays.of(c, "int4", waits, Cross::place));
            s.setArray(p++, SqlArrays.of(c, "int8", cross, x -> x.up().value()));
            s.setArray(p++, SqlArrays.of(c, "int4", cross, Cross::place));
            var rules = submission.rules();
            s.setObject(p++, rules.atOnce() == 0 ? null : rules.atOnce(), Types.INTEGER);
            s.setObject(
                    p++,
                    rules.notBefore().map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null),
                    Types.TIMESTAMP_WITH_TIMEZONE);
            s.setObject(p++, rules.tooMany().isPresent() ? rules.tooMany().getAsInt() : null, Types.INTEGER);
            s.setInt(p++, java.util.Arrays.stream(steps).max().orElse(0));
            s.setArray(p++, SqlArrays.of(c, "text", allLanes, l -> literal(c, l.io())));
            s.setArray(p++, SqlArrays.of(c, "bool", allLanes, Lane::exclusive));
            try (var r = s.executeQuery()) {
                r.next();
                return r.getLong(1);
            }
        }
    }

    /// What others wait for longest first, then what takes longest; of equal ones the oldest, which is the lowest id.
    /// A serial job keeps the order given.
    private long sortKey(NewTask t, int index) {
        var duration = t.duration() <= 0 ? 0 : Math.min(Integer.MAX_VALUE, Math.round(t.duration() * 100));
        return submission.rules().serial() ? index : -((long) Math.min(steps[index], 0xffff) << 31) - duration;
    }

    private static @Nullable String literal(Connection c, List<String> texts) {
        try {
            return texts.isEmpty()
                    ? null
                    : c.createArrayOf("text", texts.toArray()).toString();
        } catch (SQLException e) {
            throw new IllegalStateException("an array literal", e);
        }
    }

    static String kind(Work work) {
        return switch (work.kind()) {
            case COMMAND -> "C";
            case OPENJD -> "O";
            case GROUP -> "G";
        };
    }
}
