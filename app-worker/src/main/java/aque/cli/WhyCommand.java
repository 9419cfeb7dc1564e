package aque.cli;

import aque.farm.Why;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// `aque why ID…`: why a task is not running, one reason a line; then what the site's policy gave its job.
final class WhyCommand {
    private WhyCommand() {}

    static int run(Shell shell, List<String> typed) {
        var args = Arguments.anywhere(typed, Arguments.options(Arguments.flag("json", "one JSON object a line")));
        var why = new Why(shell.database());
        for (var task : shell.tasks(args.someIds())) {
            var reasons = why.reasons(task);
            var sizes = shell.farm().sizes(task.id());
            var policy = why.given(task);
            if (args.has("json")) {
                shell.out()
                        .println(JsonMapper.shared()
                                .writeValueAsString(Map.of(
                                        "id",
                                        task.id().value(),
                                        "state",
                                        task.state().word(),
                                        "reasons",
                                        reasons,
                                        "sizes",
                                        sizes,
                                        "policy",
                                        policy)));
            } else {
                reasons.forEach(shell.out()::println);
                sizes.forEach(shell.out()::println);
                policy.forEach(shell.out()::println);
            }
        }
        return Exit.DONE;
    }
}
