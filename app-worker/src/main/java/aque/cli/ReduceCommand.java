package aque.cli;

import aque.submit.TaskOptions;
import aque.task.TaskId;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// `aque reduce`: one task that starts when others have ended in success, and reads what they left as lines of JSON, in
/// their order (A82). Of a group each member has a line.
final class ReduceCommand {
    private ReduceCommand() {}

    static int run(Shell shell, List<String> typed) {
        var options = SubmitOptions.options();
        options.addOption(Arguments.value("initial", "VALUE", "a line before all others"));
        var args = Arguments.leading(typed, options);
        var dashes = args.words().indexOf("--");
        if (args.dashes() || dashes < 1 || dashes == args.words().size() - 1) {
            throw new UsageException("reduce what, and how? aque reduce ID… -- CMD ARG…");
        }
        if (args.has("stdin") || args.has("pipe-from")) {
            throw new UsageException("its standard input are the results");
        }
        var tasks = Arguments.ids(args.words().subList(0, dashes));
        var command = args.words().subList(dashes + 1, args.words().size());
        var submission = CommandOrder.submission(args, command)
                .withEach(task -> task.withOptions(initial(args, task.options())
                        .withResults(tasks.stream().map(TaskId::value).toList())));
        shell.out()
                .println(new Order(Order.withOptions(args, submission))
                        .waiting(shell, args)
                        .send(shell)
                        .id());
        return Exit.DONE;
    }

    private static TaskOptions initial(Arguments args, TaskOptions options) {
        return args.get("initial")
                .map(text -> options.withStdinBytes(text.getBytes(StandardCharsets.UTF_8)))
                .orElse(options);
    }
}
