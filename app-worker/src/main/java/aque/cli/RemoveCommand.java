package aque.cli;

import aque.broker.Broker;
import aque.farm.JobSummary;
import aque.task.TaskId;
import aque.task.TaskState;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// `aque rm`: ended jobs, named or chosen by how they ended (A94); of one's own, unless all users' are meant. Of
/// named ones with a choice, too, those that it meets: no more is ever removed than was named. What has not ended
/// stays, and is said.
final class RemoveCommand {
    private RemoveCommand() {}

    static int run(Shell shell, List<String> typed) {
        var args = Arguments.anywhere(
                typed,
                Arguments.options(
                        Arguments.flag('e', "error", "jobs that failed"),
                        Arguments.flag('s', "success", "jobs that succeeded"),
                        Arguments.flag('k', "killed", "jobs that were killed or cancelled"),
                        Arguments.flag('p', "pending", "jobs of which nothing has started; they are cancelled first"),
                        Arguments.flag('c', "complete", "all that have ended, as -e -s -k"),
                        Arguments.flag('a', "all", "as -c -p"),
                        Arguments.flag('x', "all-users", "those of others too"),
                        Arguments.flag("results", "what named jobs that have ended wrote; the jobs stay"),
                        Arguments.flag('v', "verbose", "one line each, with its name"),
                        ActionCommands.why()));
        var states = states(args);
        if (states.isEmpty() && args.words().isEmpty()) {
            throw new UsageException("which job? give an id, or -e -s -k -p -c -a");
        }
        var named = args.ids();
        shell.tasks(named);
        if (args.has("results")) {
            return results(shell, args);
        }
        var chosen = new LinkedHashSet<>(states.isEmpty() ? named : List.<TaskId>of());
        var jobs = states.isEmpty() ? List.<JobSummary>of() : shell.farm().jobs();
        for (var job : jobs) {
            var id = job.root().id();
            var meant = named.isEmpty() ? args.has("all-users") || mine(job) : named.contains(id);
            if (meant && states.contains(job.root().state())) {
                chosen.add(id);
            }
        }
        if (args.has("pending") || args.has("all")) {
            var waiting = chosen(chosen, jobs, Set.of(TaskState.PENDING, TaskState.WAITING, TaskState.HELD));
            if (!waiting.isEmpty()) {
                ActionCommands.broker(shell, args).cancel(waiting);
            }
        }
        return remove(shell, ActionCommands.broker(shell, args), new ArrayList<>(chosen), jobs, args.has("verbose"));
    }

    private static int results(Shell shell, Arguments args) {
        if (!states(args).isEmpty()) {
            throw new UsageException("--results is of the jobs that are named");
        }
        var gone = ActionCommands.broker(shell, args).dropResults(args.ids());
        gone.forEach(id -> shell.out().println(id + " its output and results are removed"));
        return gone.isEmpty() ? Exit.FAILED : Exit.DONE;
    }

    private static int remove(Shell shell, Broker broker, List<TaskId> ids, List<JobSummary> jobs, boolean verbose) {
        var gone = ids.isEmpty() ? List.<TaskId>of() : broker.remove(ids);
        for (var id : gone) {
            var name = jobs.stream()
                    .filter(j -> verbose && j.root().id().equals(id))
                    .map(j -> "  " + Text.clean(j.root().name()))
                    .findFirst();
            shell.out().println(id + " removed" + name.orElse(""));
        }
        var left = new ArrayList<>(ids);
        left.removeAll(gone);
        if (!left.isEmpty()) {
            shell.say("not removed, not a job that has ended: "
                    + String.join(" ", left.stream().map(TaskId::toString).toList()));
        }
        if (gone.isEmpty() && left.isEmpty()) {
            shell.say("nothing to remove");
        }
        return gone.isEmpty() ? Exit.FAILED : Exit.DONE;
    }

    private static List<TaskId> chosen(Set<TaskId> ids, List<JobSummary> jobs, Set<TaskState> states) {
        return jobs.stream()
                .filter(j ->
                        ids.contains(j.root().id()) && states.contains(j.root().state()))
                .map(j -> j.root().id())
                .toList();
    }

    private static boolean mine(JobSummary job) {
        return job.root().owner().equals(System.getProperty("user.name"));
    }

    private static Set<TaskState> states(Arguments args) {
        var out = EnumSet.noneOf(TaskState.class);
        var complete = args.has("complete") || args.has("all");
        if (complete || args.has("error")) {
            out.add(TaskState.ERROR);
        }
        if (complete || args.has("success")) {
            out.add(TaskState.SUCCESS);
        }
        if (complete || args.has("killed")) {
            out.add(TaskState.KILLED);
            out.add(TaskState.CANCELLED);
        }
        if (args.has("pending") || args.has("all")) {
            out.add(TaskState.PENDING);
            out.add(TaskState.WAITING);
            out.add(TaskState.HELD);
        }
        return out;
    }
}
