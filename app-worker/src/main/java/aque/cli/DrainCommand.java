package aque.cli;

import aque.farm.ActionStore;
import aque.farm.WorkerView;
import java.util.List;

/// `aque drain WORKER…`: these take nothing more; `--requeue` also takes back what they run, `--off` ends it.
final class DrainCommand {
    private DrainCommand() {}

    static int run(Shell shell, List<String> typed) {
        var args = Arguments.anywhere(
                typed,
                Arguments.options(
                        Arguments.flag("requeue", "what they run goes to others, no retry spent"),
                        Arguments.flag("off", "they take work again")));
        var names = args.words();
        if (names.isEmpty()) {
            throw new UsageException("drain which worker? see aque workers");
        }
        var workers = shell.farm().workers().stream()
                .filter(w -> names.contains(w.name()) && !w.state().equals("lost"))
                .toList();
        if (workers.isEmpty()) {
            shell.say("no such worker is up: " + String.join(" ", names));
            return Exit.FAILED;
        }
        var ids = workers.stream().map(WorkerView::id).toList();
        if (args.has("off")) {
            shell.broker().undrain(ids);
        } else {
            shell.broker().drain(ids);
        }
        workers.forEach(w -> shell.out().println(w.name() + (args.has("off") ? " takes work" : " draining")));
        if (args.has("requeue")) {
            shell.broker()
                    .requeue(new ActionStore(shell.database()).runningOn(names))
                    .forEach(id -> shell.out().println(id + " requeued"));
        }
        return Exit.DONE;
    }
}
