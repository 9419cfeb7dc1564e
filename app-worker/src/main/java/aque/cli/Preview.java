package aque.cli;

import aque.farm.ActionStore;
import aque.task.TaskId;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.cli.Option;

/// `--dry-run`: whom an action would meet, counted by the broker, and nothing is changed.
final class Preview {
    private Preview() {}

    static Option option() {
        return Arguments.flag("dry-run", "says whom it would meet, and changes nothing");
    }

    /// `stop 3 running, cancel 12 waiting (ann, bo); 40 after them would be blocked`
    static int ofStop(Shell shell, List<TaskId> ids, boolean kill) {
        var impact = new ActionStore(shell.database()).impact(ids);
        var parts = new ArrayList<String>();
        if (kill && impact.running() > 0) {
            parts.add("stop " + impact.running() + " running");
        }
        if (impact.waiting() > 0) {
            parts.add("cancel " + impact.waiting() + " waiting");
        }
        return say(shell, parts, impact.owners(), impact.needing(), "would be blocked");
    }

    /// `retry 2, take along 40 after them (ann); 3 of these run and would be requeued`
    static int ofRetry(Shell shell, List<TaskId> ids, List<TaskId> behind, int running) {
        var impact = new ActionStore(shell.database()).impact(ids);
        var parts = new ArrayList<String>();
        if (impact.ended() > 0) {
            parts.add("retry of " + impact.ended() + " ended what failed");
        }
        if (!behind.isEmpty()) {
            parts.add("retry " + behind.size() + " after them");
        }
        return say(shell, parts, impact.owners(), running, "run and would be requeued");
    }

    private static int say(Shell shell, List<String> parts, List<String> owners, int others, String what) {
        if (parts.isEmpty()) {
            shell.say("nothing to change");
            return Exit.FAILED;
        }
        shell.out()
                .println(String.join(", ", parts) + " (" + Text.clean(String.join(", ", owners)) + ")"
                        + (others > 0 ? "; " + others + " after them " + what : ""));
        return Exit.DONE;
    }
}
