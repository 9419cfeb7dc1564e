package aque.submit;

import aque.schedule.Needs;
import java.util.List;

/// One task that a submission will make. Tasks name each other by their place in [Submission#tasks].
///
/// @param parent the group it belongs to, -1 for the root
/// @param upstream what must end in success before it starts; a group stands for all its members, on either side
/// @param duration how long it takes against others, in seconds where that is known, 0 where nothing is: then as long
/// as for the same file before; longer starts first within one priority (A73)
public record NewTask(
        String name, Work work, int parent, List<Integer> upstream, Needs needs, double duration, TaskOptions options) {

    public NewTask {
        upstream = List.copyOf(upstream);
    }

    public static NewTask group(String name, int parent, List<Integer> upstream) {
        return new NewTask(name, new Work.Group(), parent, upstream, Needs.ONE_CPU, 0, TaskOptions.NONE);
    }

    public NewTask withOptions(TaskOptions o) {
        return new NewTask(name, work, parent, upstream, needs, duration, o);
    }

    public NewTask withUpstream(List<Integer> places) {
        return new NewTask(name, work, parent, places, needs, duration, options);
    }

    public NewTask withNeeds(Needs n) {
        return new NewTask(name, work, parent, upstream, n, duration, options);
    }

    public NewTask withDuration(double seconds) {
        return new NewTask(name, work, parent, upstream, needs, seconds, options);
    }

    public boolean isGroup() {
        return work instanceof Work.Group;
    }
}
