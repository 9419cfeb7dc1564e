package aque.submit;

import aque.task.TaskId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A job before it is one: the whole graph as a plain value, shown in the submit dialog and written in one
/// transaction.
///
/// @param title what people call it
/// @param owner who it belongs to
/// @param cwd where its tasks run
/// @param environment variables of all its tasks, stored once (A68)
/// @param document OpenJD document that its tasks run from
/// @param key exactly-once submission: a second one with the same key makes nothing
/// @param held starts on hold
/// @param priority larger first, 1000 is usual (A72)
/// @param after tasks or jobs already in the farm that everything in here waits for
/// @param tasks with exactly one root, see [TaskOrder]
/// @param rules what the job as a whole keeps to
public record Submission(
        String title,
        String owner,
        Path cwd,
        Map<String, String> environment,
        Optional<String> document,
        Optional<String> key,
        boolean held,
        int priority,
        List<TaskId> after,
        List<NewTask> tasks,
        JobRules rules) {
    public static final int DEFAULT_PRIORITY = 1000;

    public Submission {
        environment = Map.copyOf(environment);
        after = List.copyOf(after);
        tasks = tasks instanceof MadeTasks ? tasks : List.copyOf(tasks);
        if (tasks.isEmpty()) {
            throw new SubmitException("nothing to submit: no tasks");
        }
    }

    /// A job as most are: nothing before it, no document, the usual priority, not held.
    public static Submission of(String title, String owner, Path cwd, List<NewTask> tasks) {
        return new Submission(
                title,
                owner,
                cwd,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                false,
                DEFAULT_PRIORITY,
                List.of(),
                tasks,
                JobRules.NONE);
    }

    /// How many tasks there are to run, groups not counted.
    public long size() {
        return tasks.size() - groups();
    }

    private int groups() {
        return tasks instanceof MadeTasks made
                ? made.groups()
                : (int) tasks.stream().filter(NewTask::isGroup).count();
    }

    public Submission withPriority(int p) {
        return new Submission(title, owner, cwd, environment, document, key, held, p, after, tasks, rules);
    }

    public Submission withOwner(String o) {
        return new Submission(title, o, cwd, environment, document, key, held, priority, after, tasks, rules);
    }

    public Submission withTitle(String t) {
        return new Submission(t, owner, cwd, environment, document, key, held, priority, after, tasks, rules);
    }

    public Submission withAfter(List<TaskId> ids) {
        return new Submission(title, owner, cwd, environment, document, key, held, priority, ids, tasks, rules);
    }

    public Submission withEnvironment(Map<String, String> variables) {
        return new Submission(title, owner, cwd, variables, document, key, held, priority, after, tasks, rules);
    }

    public Submission withTasks(List<NewTask> t) {
        return new Submission(title, owner, cwd, environment, document, key, held, priority, after, t, rules);
    }

    /// With each task changed; groups too.
    public Submission withEach(UnaryOperator<NewTask> change) {
        var shapes = shapes();
        return withTasks(new MadeTasks(
                tasks.size(), groups(), i -> change.apply(tasks.get(i)), i -> change.apply(shapes.get(i))));
    }

    /// The tasks as a graph needs them: their names and parameters may be left out, which are most of what a million
    /// tasks cost to make.
    public List<NewTask> shapes() {
        return tasks instanceof MadeTasks made ? made.shapes() : tasks;
    }

    public Submission withHeld(boolean h) {
        return new Submission(title, owner, cwd, environment, document, key, h, priority, after, tasks, rules);
    }

    public Submission withDocument(String d) {
        return new Submission(title, owner, cwd, environment, Optional.of(d), key, held, priority, after, tasks, rules);
    }

    public Submission withKey(String k) {
        return new Submission(
                title, owner, cwd, environment, document, Optional.of(k), held, priority, after, tasks, rules);
    }

    public Submission withRules(JobRules r) {
        return new Submission(title, owner, cwd, environment, document, key, held, priority, after, tasks, r);
    }
}
