package aque.keeper;

import aque.posix.Proc;
import aque.posix.ProcStat;
import aque.posix.Signal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The processes below another one.
public final class Descendants {

    private Descendants() {}

    /// All below `ancestor` in a list of all processes, zombies left out, parents before their children.
    public static List<ProcStat> of(int ancestor, List<ProcStat> all) {
        Map<Integer, List<ProcStat>> children = all.stream().collect(Collectors.groupingBy(ProcStat::parent));
        List<ProcStat> found = new ArrayList<>();
        Deque<Integer> parents = new ArrayDeque<>(List.of(ancestor));
        while (!parents.isEmpty()) {
            for (ProcStat child : children.getOrDefault(parents.remove(), List.of())) {
                parents.add(child.pid());
                if (!child.zombie()) {
                    found.add(child);
                }
            }
        }
        return found;
    }

    /// Kills all below this process, those born meanwhile too, until none is left or the time is up. The
    /// subreaper is told
    /// of every orphan, so that nobody gets away.
    ///
    /// @return whether none is left
    static boolean killAll(Duration limit) throws InterruptedException {
        int self = Proc.self().pid();
        long end = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() < end) {
            List<ProcStat> found = of(self, Proc.all());
            if (found.isEmpty()) {
                return true;
            }
            found.forEach(process -> Signal.send(process.id(), Signal.KILL));
            Thread.sleep(5);
        }
        return false;
    }
}
