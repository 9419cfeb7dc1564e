package aque.broker;

import aque.schedule.Needs;
import aque.submit.ByFrame;
import aque.submit.NewTask;
import aque.submit.ResultWords;
import aque.submit.Source;
import aque.submit.Submission;
import aque.submit.TaskFrames;
import aque.submit.TaskOrder;
import aque.submit.Wiring;
import aque.submit.Work;
import aque.task.TaskId;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// A submission as the arrays that the SQL function `submit` takes: tasks in order, lanes, gates and edges, with all
/// that
/// can be counted already counted. A wait by or on a whole group becomes one gate a lane; 50,000 after 50,000 costs one
/// row, not 2.5 thousand million. A large one goes in parts, each a call, so that nobody holds a million rows at once.
final class SubmitRows implements JobForm {
    /// So many tasks go with one call.
    private static final int PART = 20_000;
    private static final int COLUMNS = 13;

    /// A key of its own making: what the compiler makes for records is put together at the first call, which costs a
    /// command more than all it does here.
    private record Lane(int group, Needs needs, List<String> io, boolean exclusive, boolean rest) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Lane l
                    && l.group == group
                    && l.exclusive == exclusive
                    && l.rest == rest
                    && l.needs.equals(needs)
                    && l.io.equals(io);
        }

        @Override
        public int hashCode() {
            return 31 * group + needs.hashCode();
        }
    }

    private record Gate(int up, int lane) {}

    /// A task of this submission for one of another job.
    private record Wait(TaskId up, int task) {}

    /// What a large one is given before its first part.
    private record Reserved(long base, long[] lanes) {}

    private final Submission submission;
    private final @Nullable String source;
    private final LearntTimes times;
    private final Wiring wiring;
    private final int[] order;
    private final int[] place;
    private final LinkedHashMap<Lane, Integer> lanes = new LinkedHashMap<>();
    private final int[] laneOf;
    private final double[] durations;
    private final List<Wait> results = new ArrayList<>();
    private final int[] steps;
    private final LinkedHashSet<Gate> gates = new LinkedHashSet<>();
    /// Upstream in the upper half, downstream in the lower, by place, ascending.
    private final long[] edges;
    private final int[] pending;
    /// How many tasks of frames a group has, while previews are chosen.
    private final Map<Integer, Integer> framesOf = new HashMap<>();

    private @Nullable Lane lastLane;
    private int lastNumber;

    private SubmitRows(Submission submission, Optional<Source> source, LearntTimes times) {
        this.submission = submission;
        this.times = times;
        this.source = source.map(Source::toJson).orElse(null);
        var given = submission.shapes();
        laneOf = new int[given.size()];
        durations = new double[given.size()];
        wiring = Wiring.of(given, this::look);
        order = TaskOrder.of(wiring);
        place = new int[order.length];
        for (var i = 0; i < order.length; i++) {
            place[order[i]] = i;
        }
        steps = CriticalPath.steps(wiring, order);
        chooseGates();
        edges = edges();
        pending = new int[order.length];
        for (var e : edges) {
            pending[(int) e]++;
        }
    }

    /// @throws aque.submit.SubmitException for a graph that cannot be
    static SubmitRows of(Submission submission, Optional<Source> source, LearntTimes times) {
        return new SubmitRows(submission, source, times);
    }

    private void look(NewTask t, int i) {
        laneOf[i] = t.isGroup() ? -1 : lane(t);
        durations[i] = t.duration();
        if (t.work() instanceof Work.Command w) {
            ResultWords.tasks(w.argv()).forEach(up -> results.add(new Wait(up, i)));
            t.options().results().forEach(up -> results.add(new Wait(new TaskId(up), i)));
        }
    }

    /// Neighbours are mostly of one lane.
    private int lane(NewTask t) {
        var lane = new Lane(
                t.parent(), t.needs(), t.options().ioPaths(), t.options().exclusive(), isRest(t));
        if (!lane.equals(lastLane)) {
            lastLane = lane;
            lastNumber = lanes.computeIfAbsent(lane, l -> lanes.size());
        }
        return lastNumber;
    }

    /// Not one of those that are looked at before the others start.
    private boolean isRest(NewTask t) {
        var each = submission.rules().preview();
        return each > 1 && !TaskFrames.of(t).isEmpty() && framesOf.merge(t.parent(), 1, Integer::sum) % each != 1;
    }

    private void chooseGates() {
        var within = lanesWithin();
        for (var g : within.keySet().stream().sorted().toList()) {
            for (var u : wiring.upstream(g)) {
                for (var lane : within.getOrDefault(g, List.of())) {
                    gates.add(new Gate(place[u], lane));
                }
            }
        }
    }

    /// The lanes of each group, those of its inner groups too.
    private Map<Integer, List<Integer>> lanesWithin() {
        var out = new HashMap<Integer, List<Integer>>();
        lanes.forEach((lane, number) -> {
            for (var g = lane.group(); g >= 0; g = wiring.parent(g)) {
                out.computeIfAbsent(g, k -> new ArrayList<>()).add(number);
            }
        });
        return out;
    }

    private long[] edges() {
        var all = new long[16];
        var n = 0;
        for (var i = 0; i < order.length; i++) {
            if (!wiring.isGroup(order[i])) {
                for (var u : wiring.upstream(order[i])) {
                    if (n == all.length) {
                        all = Arrays.copyOf(all, 2 * n);
                    }
                    all[n++] = (long) place[u] << 32 | i;
                }
            }
        }
        Arrays.sort(all, 0, n);
        var distinct = 0;
        for (var i = 0; i < n; i++) {
            if (i == 0 || all[i] != all[i - 1]) {
                all[distinct++] = all[i];
            }
        }
        return Arrays.copyOf(all, distinct);
    }

    @Override
    public List<Needs> needs() {
        return lanes.keySet().stream().map(Lane::needs).distinct().toList();
    }

    @Override
    public boolean isOneCall() {
        return fullParts() == 0 && submission.rules().byFrame().isEmpty();
    }

    private int fullParts() {
        return (Math.max(order.length, (edges.length + 1) / 2) - 1) / PART;
    }

    /// Calls `submit`.
    @Override
    public long write(Connection c, Map<Needs, Integer> known, String after) throws SQLException {
        var parts = fullParts();
        if (parts == 0) {
            return submit(c, known, null, 0, made(0), after);
        }
        var reserved = reserve(c);
        if (reserved.base < 0) {
            return reserved.base;
        }
        // While the server takes one part the next is made.
        var next = making(0);
        for (var part = 0; part < parts; part++) {
            var now = next.join();
            next = making(part + 1);
            write(c, reserved, part, now);
        }
        return submit(c, known, reserved, parts, next.join(), "");
    }

    private Reserved reserve(Connection c) throws SQLException {
        try (var s = c.prepareStatement("SELECT base, lanes FROM submit_reserve(?, ?, ?)")) {
            s.setString(1, submission.key().orElse(null));
            s.setInt(2, order.length);
            s.setInt(3, lanes.size());
            try (var r = s.executeQuery()) {
                r.next();
                var numbers = (Long[]) r.getArray(2).getArray();
                return new Reserved(
                        r.getLong(1),
                        Arrays.stream(numbers).mapToLong(Long::longValue).toArray());
            }
        }
    }

    private CompletableFuture<Made> making(int part) {
        return CompletableFuture.supplyAsync(() -> made(part));
    }

    private void write(Connection c, Reserved reserved, int part, Made made) throws SQLException {
        try (var s = c.prepareStatement("SELECT submit_part(?, ?, ?, ?" + ", ?".repeat(COLUMNS) + ")")) {
            var to = new Columns(c, s, 1);
            to.id(reserved.base)
                    .id(reserved.base + order.length - 1)
                    .longs(reserved.lanes)
                    .number(from(part));
            columns(to, part, made);
            s.execute();
        }
    }

    private int from(int part) {
        return Math.min(order.length, part * PART);
    }

    /// The tasks of one part as columns.
    private record Made(
            String[] kinds,
            String[] names,
            @Nullable String[] argv,
            @Nullable Integer[] step,
            @Nullable String[] parameters,
            @Nullable String[] options,
            long[] keys,
            int[] parents,
            int[] inLane,
            int[] open) {
        Made(int n) {
            this(
                    new String[n],
                    new String[n],
                    new @Nullable String[n],
                    new @Nullable Integer[n],
                    new @Nullable String[n],
                    new @Nullable String[n],
                    new long[n],
                    new int[n],
                    new int[n],
                    new int[n]);
        }
    }

    private Made made(int part) {
        var from = from(part);
        var n = from(part + 1) - from;
        var made = new Made(n);
        for (var i = 0; i < n; i++) {
            var at = order[from + i];
            var t = submission.tasks().get(at);
            made.kinds[i] = kind(t.work());
            made.names[i] = t.name();
            made.argv[i] = t.work() instanceof Work.Command w ? JsonText.list(w.argv()) : null;
            made.step[i] = t.work() instanceof Work.OpenJd w ? w.step() : null;
            made.parameters[i] = t.work() instanceof Work.OpenJd w ? w.parameters() : null;
            made.options[i] = t.options().toJson().orElse(null);
            made.keys[i] = sortKey(at, t);
            made.parents[i] = placeOf(t.parent());
            made.inLane[i] = laneOf[at];
        }
        openMembers(from, made.open);
        return made;
    }

    /// Tasks and edges of one part.
    private void columns(Columns to, int part, Made made) throws SQLException {
        to.texts(made.kinds)
                .ints(made.parents)
                .ints(made.inLane)
                .texts(made.names)
                .texts(made.argv)
                .numbers(made.step)
                .texts(made.parameters);
        to.texts(made.options)
                .longs(made.keys)
                .ints(Arrays.copyOfRange(pending, from(part), from(part + 1)))
                .ints(made.open);
        var first = Math.min(edges.length, 2 * part * PART);
        var slice = Arrays.copyOfRange(edges, first, Math.min(edges.length, first + 2 * PART));
        to.ints(Arrays.stream(slice).mapToInt(e -> (int) (e >> 32)).toArray());
        to.ints(Arrays.stream(slice).mapToInt(e -> (int) e).toArray());
    }

    private int placeOf(int task) {
        return task < 0 ? -1 : place[task];
    }

    /// Of the groups of a part: how many lanes and groups they have.
    private void openMembers(int from, int[] open) {
        lanes.keySet().forEach(l -> count(placeOf(l.group) - from, open));
        for (var i = 0; i < order.length; i++) {
            if (wiring.isGroup(i)) {
                count(placeOf(wiring.parent(i)) - from, open);
            }
        }
    }

    private static void count(int group, int[] open) {
        if (group >= 0 && group < open.length) {
            open[group]++;
        }
    }

    private long submit(
            Connection c, Map<Needs, Integer> known, @Nullable Reserved reserved, int part, Made made, String after)
            throws SQLException {
        var call = "SELECT submit(?" + ", ?".repeat(COLUMNS + 35) + ")";
        try (var s = c.prepareStatement(JobForm.statement(call, after))) {
            var to = new Columns(c, s, 1);
            to.text(submission.key().orElse(null)).text(submission.owner()).text(submission.title());
            to.text(submission.cwd().toString()).text(JsonText.object(submission.environment()));
            to.text(submission.document().orElse(null)).text(source).flag(submission.held());
            columns(to, part, made);
            lanes(to, known);
            to.ints(gates.stream().mapToInt(Gate::up).toArray());
            to.ints(gates.stream().mapToInt(Gate::lane).toArray());
            across(c, to);
            rules(to);
            to.id(reserved == null ? null : reserved.base).longs(reserved == null ? new long[0] : reserved.lanes);
            to.number(from(part));
            facts(to);
            return JobForm.answer(s);
        }
    }

    /// What few jobs say of themselves.
    private void facts(Columns to) throws SQLException {
        var rules = submission.rules();
        to.texts(rules.files().stream().map(Path::toString).toArray(String[]::new));
        to.text(rules.labels().isEmpty() ? null : JsonText.object(rules.labels()));
        to.text(rules.share().orElse(null)).flag(rules.anyEnd());
        var all = List.copyOf(lanes.keySet());
        to.ints(IntStream.range(0, all.size()).filter(i -> all.get(i).rest).toArray())
                .flag(rules.interruptible());
    }

    private void lanes(Columns to, Map<Needs, Integer> known) throws SQLException {
        var all = List.copyOf(lanes.keySet());
        var total = new int[all.size()];
        var in = new boolean[all.size()];
        var out = new boolean[all.size()];
        var gated = new int[all.size()];
        for (var i = 0; i < order.length; i++) {
            var lane = laneOf[order[i]];
            if (lane >= 0) {
                total[lane]++;
                in[lane] |= pending[i] > 0;
            }
        }
        for (var e : edges) {
            waitedFor((int) (e >> 32), out);
        }
        for (var gate : gates) {
            gated[gate.lane]++;
            waitedFor(gate.up, out);
        }
        to.ints(all.stream().mapToInt(l -> placeOf(l.group)).toArray());
        to.ints(all.stream()
                .mapToInt(l -> Objects.requireNonNull(known.get(l.needs)))
                .toArray());
        to.ints(all.stream().mapToInt(l -> submission.priority()).toArray());
        to.texts(all.stream().map(l -> literal(l.io)).toArray(String[]::new));
        var exclusive = new boolean[all.size()];
        for (var i = 0; i < exclusive.length; i++) {
            exclusive[i] = all.get(i).exclusive;
        }
        to.flags(exclusive).ints(total).flags(in).flags(out).ints(gated);
    }

    private void waitedFor(int at, boolean[] lanesWithOut) {
        if (laneOf[order[at]] >= 0) {
            lanesWithOut[laneOf[order[at]]] = true;
        }
    }

    /// What single tasks wait for in other jobs, and what all of it waits for: each lane, for each of these.
    private void across(Connection c, Columns to) throws SQLException {
        var waits = new ArrayList<>(results);
        for (var wait : submission.rules().byFrame()) {
            byFrame(c, wait, waits);
        }
        to.longs(waits.stream().mapToLong(w -> w.up.value()).toArray());
        to.ints(waits.stream().mapToInt(w -> place[w.task]).toArray());
        var after = submission.after();
        var n = lanes.size();
        to.longs(after.stream()
                .flatMapToLong(a -> LongStream.generate(a::value).limit(n))
                .toArray());
        to.ints(after.stream().flatMapToInt(a -> IntStream.range(0, n)).toArray());
    }

    private void byFrame(Connection c, ByFrame wait, List<Wait> waits) throws SQLException {
        var leaves = Arrays.stream(order).filter(i -> !wiring.isGroup(i)).toArray();
        var frames = Arrays.stream(leaves)
                .mapToObj(i -> TaskFrames.of(submission.tasks().get(i)))
                .toList();
        var upstream = FrameEdges.upstream(c, wait, frames);
        for (var i = 0; i < leaves.length; i++) {
            for (var up : upstream.get(i)) {
                waits.add(new Wait(up, leaves[i]));
            }
        }
    }

    private void rules(Columns to) throws SQLException {
        var rules = submission.rules();
        to.number(rules.atOnce() == 0 ? null : rules.atOnce());
        to.object(rules.notBefore().map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null), Types.TIMESTAMP_WITH_TIMEZONE);
        to.number(rules.tooMany().isPresent() ? rules.tooMany().getAsInt() : null);
        to.number(Arrays.stream(steps).max().orElse(0));
    }

    /// What others wait for longest first, then what takes longest; of equal ones the oldest, which is the lowest id.
    /// A serial job keeps the order given.
    private long sortKey(int task, NewTask t) {
        if (submission.rules().serial()) {
            return place[task];
        }
        return sortKey(steps[task], durations[task] > 0 ? durations[task] : learnt(t));
    }

    /// @param steps how many tasks stand behind it, one after the other
    static long sortKey(int steps, double duration) {
        var hundredths = duration <= 0 ? 0 : Math.min(Integer.MAX_VALUE, Math.round(duration * 100));
        return -((long) Math.min(steps, 0xffff) << 31) - hundredths;
    }

    private double learnt(NewTask t) {
        if (times == LearntTimes.NONE || t.isGroup()) {
            return 0;
        }
        return times.seconds(
                t.parent() <= 0 ? "" : submission.tasks().get(t.parent()).name(), t.name());
    }

    /// An array as text, for an array of arrays of unlike lengths.
    static @Nullable String literal(List<String> texts) {
        return texts.isEmpty()
                ? null
                : texts.stream()
                        .map(t -> '"' + t.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                        .collect(java.util.stream.Collectors.joining(",", "{", "}"));
    }

    static String kind(Work work) {
        return switch (work.kind()) {
            case COMMAND -> "C";
            case OPENJD -> "O";
            case GROUP -> "G";
        };
    }
}
