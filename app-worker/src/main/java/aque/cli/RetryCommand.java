package aque.cli;

import aque.broker.Broker;
import aque.farm.ActionStore;
import aque.farm.FarmStore.StepTask;
import aque.farm.FrameStore;
import aque.openjd.Frames;
import aque.openjd.JobDocument;
import aque.schedule.Needs;
import aque.submit.NewTask;
import aque.submit.Work;
import aque.task.TaskId;
import aque.task.TaskKind;
import aque.task.TaskView;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `aque retry ID…`: ended tasks run again under their id. `aque retry JOB/STEP:1013,1020-1025` retries frames by
/// number: the tasks that are of nothing else as they are, and of a chunk that holds more only the frames named, as a
/// new task of the same step. A command of `--range` has its frames written into it: its whole chunk runs again.
final class RetryCommand {
    private static final Pattern FRAMES = Pattern.compile("([0-9]+)(?:/([^:]+))?:([-0-9,x:]+)");

    private RetryCommand() {}

    static int run(Shell shell, List<String> typed) {
        var args = Arguments.anywhere(
                typed,
                Arguments.options(
                        Arguments.flag('s', "success", "also what ended in success, inside groups"),
                        Arguments.flag('r', "recursive", "also what comes after them: all of that runs again"),
                        Preview.option(),
                        ActionCommands.why()));
        var plain = new ArrayList<String>();
        var broker = ActionCommands.broker(shell, args);
        var changed = 0;
        for (var word : args.words()) {
            var frames = FRAMES.matcher(word);
            if (frames.matches()) {
                changed += frames(shell, broker, frames.group(1), frames.group(2), frames.group(3));
            } else {
                plain.add(word);
            }
        }
        if (!plain.isEmpty() || args.words().isEmpty()) {
            var all = ended(shell, plain, args.has("success"));
            if (args.has("dry-run")) {
                return preview(shell, all, args.has("recursive"));
            }
            changed += args.has("recursive") ? withAllAfter(shell, broker, all) : say(shell, broker.retry(all));
        }
        if (changed == 0) {
            shell.say("nothing to change");
        }
        return changed == 0 ? Exit.FAILED : Exit.DONE;
    }

    /// What runs of it has begun with what is made anew: it is taken back.
    private static int withAllAfter(Shell shell, Broker broker, List<TaskId> ids) {
        var actions = new ActionStore(shell.database());
        var all = new ArrayList<>(ids);
        all.addAll(actions.again(ids));
        var running = actions.runningAfter(ids);
        var changed = say(shell, broker.retry(all));
        var back = broker.requeue(running);
        back.forEach(id -> shell.out().println(id + " requeued"));
        return changed + back.size();
    }

    private static int preview(Shell shell, List<TaskId> ids, boolean recursive) {
        var actions = new ActionStore(shell.database());
        return recursive
                ? Preview.ofRetry(
                        shell,
                        ids,
                        actions.again(ids),
                        actions.runningAfter(ids).size())
                : Preview.ofRetry(shell, ids, List.of(), 0);
    }

    private static List<TaskId> ended(Shell shell, List<String> words, boolean success) {
        var ids = Arguments.ids(words);
        if (ids.isEmpty()) {
            throw new UsageException("which task? give at least one id");
        }
        var all = new ArrayList<>(ids);
        for (var task : shell.tasks(ids)) {
            if (success) {
                Family.below(task.id(), shell.farm().tasksOfJob(task.job())).forEach(t -> all.add(t.id()));
            }
        }
        return all;
    }

    private static int say(Shell shell, List<TaskId> retried) {
        retried.forEach(id -> shell.out().println(id + " retried"));
        return retried.size();
    }

    private static int frames(Shell shell, Broker broker, String id, @Nullable String step, String range) {
        var job =
                shell.tasks(List.of(new TaskId(Long.parseLong(id)))).getFirst().job();
        var wanted = parse(range);
        if (shell.broker().document(job).isEmpty()) {
            return chunks(shell, broker, job, step, wanted);
        }
        var index = step(shell, job, step);
        var tasks = shell.farm().tasksOfStep(job, index);
        var whole = new ArrayList<TaskId>();
        var done = new TreeSet<Long>();
        for (var task : tasks) {
            var frames = task.parameters().frames();
            if (!frames.isEmpty() && wanted.numbers().containsAll(frames.numbers())) {
                whole.add(task.id());
                done.addAll(frames.numbers());
            }
        }
        var changed = whole.isEmpty() ? 0 : say(shell, broker.retry(whole));
        for (var task : tasks) {
            var part = task.parameters().frames().and(wanted).without(done);
            if (!part.isEmpty()) {
                done.addAll(part.numbers());
                changed += append(shell, broker, index, task, part);
            }
        }
        sayMissing(shell, wanted.without(done));
        return changed;
    }

    private static void sayMissing(Shell shell, Frames missing) {
        if (!missing.isEmpty()) {
            shell.say("no task of this step has the frames " + missing);
        }
    }

    private static int chunks(Shell shell, Broker broker, TaskId job, @Nullable String group, Frames wanted) {
        var inside = group == null
                ? List.of(job)
                : shell.farm().tasksOfJob(job).stream()
                        .filter(task ->
                                task.kind() == TaskKind.GROUP && task.name().equals(group))
                        .map(TaskView::id)
                        .toList();
        var chunks = new FrameStore(shell.database()).chunks(inside, wanted);
        var missing = wanted;
        for (var chunk : chunks.entrySet()) {
            missing = missing.without(chunk.getValue().numbers());
            if (!chunk.getValue().without(wanted.numbers()).isEmpty()) {
                shell.say("task " + chunk.getKey() + " runs all of its frames again: " + chunk.getValue());
            }
        }
        sayMissing(shell, missing);
        return chunks.isEmpty() ? 0 : say(shell, broker.retry(List.copyOf(chunks.keySet())));
    }

    /// Piece by piece without gaps, as a chunk may have to be.
    private static int append(Shell shell, Broker broker, int step, StepTask task, Frames part) {
        var tasks = part.contiguous().stream()
                .map(piece -> task.parameters().withFrames(piece))
                .map(p -> new NewTask(
                        CommandOrder.name(p.toString()),
                        new Work.OpenJd(step, p.toJson()),
                        -1,
                        List.of(),
                        Needs.ONE_CPU,
                        0,
                        task.options()))
                .toList();
        var ids = broker.append(task.parent(), tasks, true, List.of());
        for (var i = 0; i < ids.size(); i++) {
            shell.out().println(ids.get(i) + " added: " + tasks.get(i).name() + ", of " + task.id());
        }
        return ids.size();
    }

    private static Frames parse(String range) {
        try {
            return Frames.parse(range);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private static int step(Shell shell, TaskId job, @Nullable String name) {
        var steps = shell.broker()
                .document(job)
                .map(d -> JobDocument.fromJson(d).steps())
                .orElseThrow(
                        () -> new UsageException("job " + job + " has no steps with frames; retry its tasks by id"));
        if (name == null && steps.size() == 1) {
            return 0;
        }
        for (var i = 0; i < steps.size(); i++) {
            if (steps.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new UsageException("which step of job " + job + "? it has "
                + String.join(
                        ", ", steps.stream().map(JobDocument.StepDocument::name).toList()));
    }
}
