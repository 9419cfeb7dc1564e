package aque.broker;

import aque.db.DbException;
import aque.event.Hint;
import aque.schedule.Needs;
import aque.submit.NewTask;
import aque.submit.Source;
import aque.submit.Submission;
import aque.task.TaskId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;

/// Brings jobs and tasks into the queue.
final class Submissions {
    private final Desk desk;
    private final Map<Needs, Integer> classes = new ConcurrentHashMap<>();

    Submissions(Desk desk) {
        this.desk = desk;
    }

    Broker.Submitted submit(Submission given, Optional<Source> source) {
        var times = source.map(s -> times(s, given.title())).orElse(LearntTimes.NONE);
        var asked = JobForm.of(given, source, times);
        // The lanes tell: tasks that a template only describes are not listed for this.
        var learns = source.isPresent() && asked.needs().stream().anyMatch(Submissions::saysNoMemory);
        var submission = learns ? withLearntMemory(given, source.get()) : given;
        var rows = learns ? JobForm.of(submission, source, times) : asked;
        try {
            var known = classesOf(rows.needs());
            var id = write(rows, known, submission);
            return new Broker.Submitted(new TaskId(Math.abs(id)), id < 0);
        } catch (DbException e) {
            throw Desk.refused(e, said -> "depends on a task that is not there (" + said + ")");
        }
    }

    private LearntTimes times(Source source, String title) {
        return desk.database().read(c -> LearntTimes.of(c, source, title));
    }

    /// In one round when it can be.
    private long write(JobForm rows, Map<Needs, Integer> known, Submission submission) {
        var hints = new Hint[] {wake(known.values()), Hint.feed()};
        var oneCall = rows.isOneCall() && !submission.rules().keyOnceAlive();
        var along = oneCall ? desk.hints().along(hints) : "";
        if (!along.isEmpty()) {
            long id = desk.database().<Long, RuntimeException>inOneRound(c -> rows.write(c, known, along));
            desk.hints().wentAlong(hints);
            return id;
        }
        long id = oneCall
                ? desk.database().<Long, RuntimeException>atOnce(c -> rows.write(c, known, ""))
                : desk.database().<Long, RuntimeException>inTransaction(c -> write(c, rows, known, submission));
        desk.hint(hints);
        return id;
    }

    private static long write(Connection c, JobForm rows, Map<Needs, Integer> known, Submission submission)
            throws SQLException {
        if (submission.rules().keyOnceAlive()) {
            freeKey(c, submission.key().orElse(""));
        }
        return rows.write(c, known, "");
    }

    /// The key of a job that has ended is for the next.
    private static void freeKey(Connection c, String key) throws SQLException {
        try (var s = c.prepareStatement("SELECT free_key(?)")) {
            s.setString(1, key);
            s.execute();
        }
    }

    /// Tasks that take a part of the machine and say nothing of memory reserve what the same file took before.
    private Submission withLearntMemory(Submission submission, Source source) {
        var peak = desk.database().<Long, RuntimeException>read(c -> LearntMemory.peak(c, source));
        return peak == 0
                ? submission
                : submission.withEach(t -> !t.isGroup() && saysNoMemory(t.needs())
                        ? t.withNeeds(t.needs().withMemory(LearntMemory.reserve(peak)))
                        : t);
    }

    private static boolean saysNoMemory(Needs needs) {
        return needs.cpuMilli() < 0 && needs.memory() == 0;
    }

    /// The files that were made for these jobs alone.
    Map<TaskId, List<String>> copies(Collection<TaskId> jobs) {
        return desk.database().read(c -> {
            var out = new HashMap<TaskId, List<String>>();
            try (var s = c.prepareStatement(
                    "SELECT job_id, source FROM job WHERE job_id = ANY (?) AND source LIKE '%\"copies\":[\"%'")) {
                s.setArray(1, SqlArrays.longs(c, jobs));
                try (var r = s.executeQuery()) {
                    while (r.next()) {
                        out.put(
                                new TaskId(r.getLong(1)),
                                Source.fromJson(r.getString(2)).copies());
                    }
                }
            }
            return out;
        });
    }

    List<TaskId> extend(TaskId group, Submission more) {
        var known =
                classesOf(more.tasks().stream().map(NewTask::needs).distinct().toList());
        try {
            var ids = desk.database()
                    .<List<TaskId>, RuntimeException>inTransaction(
                            c -> new ExtendRows(c, group, more, known, desk.actor()).write());
            desk.hint(Hint.wake(), Hint.feed());
            return ids;
        } catch (DbException e) {
            throw Desk.refused(e, said -> said);
        }
    }

    List<TaskId> append(TaskId group, List<NewTask> tasks, boolean like, List<TaskId> after) {
        try {
            var needs = tasks.getFirst().needs();
            var rclass = like
                    ? OptionalInt.empty()
                    : OptionalInt.of(
                            Objects.requireNonNull(classesOf(List.of(needs)).get(needs)));
            var first = desk.database()
                    .<Long, RuntimeException>inTransaction(
                            c -> AppendRows.write(c, group, tasks, rclass, after, desk.actor()));
            desk.hint(rclass.isPresent() ? Hint.wake(rclass.getAsInt()) : Hint.wake(), Hint.feed());
            return LongStream.range(first, first + tasks.size())
                    .mapToObj(TaskId::new)
                    .toList();
        } catch (DbException e) {
            throw Desk.refused(e, said -> said);
        }
    }

    /// The rows that requirement classes have, made when new and committed before anybody uses them. They stay
    /// for good, so each is asked for once.
    private Map<Needs, Integer> classesOf(Collection<Needs> all) {
        var out = new HashMap<Needs, Integer>();
        for (var needs : all) {
            if (!classes.containsKey(needs)) {
                classes.put(needs, desk.database().atOnce(c -> requirementClass(c, needs)));
            }
            out.put(needs, Objects.requireNonNull(classes.get(needs)));
        }
        return out;
    }

    private static Hint wake(Collection<Integer> classes) {
        return classes.isEmpty() ? Hint.wake() : Hint.wake(Collections.max(classes));
    }

    private static int requirementClass(Connection c, Needs needs) throws SQLException {
        try (var s = c.prepareStatement("SELECT req_class_of(?, ?, ?)")) {
            s.setInt(1, needs.cpuMilli());
            s.setLong(2, needs.memory());
            s.setString(3, needs.traitsJson());
            try (var r = s.executeQuery()) {
                r.next();
                return r.getInt(1);
            }
        }
    }
}
