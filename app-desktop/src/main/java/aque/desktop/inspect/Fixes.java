package aque.desktop.inspect;

import aque.desktop.action.Actions;
import aque.desktop.action.TaskAction;
import aque.desktop.theme.Texts;
import aque.farm.Mend;
import aque.task.TaskId;
import java.util.List;
import java.util.function.Consumer;

/// What a person can do about a reason why a task waits, as links beside it. FX thread.
///
/// @param goTo chooses a task and shows it
/// @param open brings a panel to the front
/// @param leave gives the keyboard away from a link, which goes with the reason that it mends
public record Fixes(Actions actions, Consumer<TaskId> goTo, Consumer<String> open, Runnable leave) {

    /// One of them.
    record Fix(String title, Runnable run) {}

    /// The likeliest first.
    List<Fix> of(Mend mend) {
        return switch (mend) {
            case Mend.Release(var task) -> List.of(does(TaskAction.RELEASE, task));
            case Mend.Root(var root, var blocked) ->
                List.of(
                        new Fix(Texts.of("fix.go"), () -> goTo.accept(root)),
                        new Fix(Texts.of("fix.retry"), () -> actions.run(TaskAction.RETRY, root)),
                        new Fix(Texts.of("fix.mark_done"), () -> actions.run(TaskAction.MARK_DONE, root)),
                        new Fix(Texts.of("fix.without"), () -> actions.run(TaskAction.DROP_DEPENDENCY, blocked)));
            case Mend.Upstream(var task) -> List.of(new Fix(Texts.of("fix.go"), () -> goTo.accept(task)));
            case Mend.Limit limit -> List.of(opens("limits"));
            case Mend.Worker worker -> List.of(opens("workers"));
            case Mend.Needs(var task) -> List.of(does(TaskAction.NEEDS, task));
        };
    }

    private Fix does(TaskAction action, TaskId task) {
        return new Fix(action.title(), () -> actions.run(action, task));
    }

    private Fix opens(String panel) {
        return new Fix(Texts.of("fix." + panel), () -> open.accept(panel));
    }
}
