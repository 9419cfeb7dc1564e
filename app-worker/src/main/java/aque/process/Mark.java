package aque.process;

import aque.posix.Proc;
import aque.posix.ProcessId;
import java.util.Optional;

/// What every process of a task carries in its environment, so that it is known when nothing else tells whose
/// it is.
///
/// @param keeper the keeper that started it
/// @param namespace of process numbers; a container next door counts its own
/// @param key the number of the start at that keeper
record Mark(ProcessId keeper, String namespace, long key) {
    static final String VARIABLE = "AQUE_KEEPER";

    /// The mark of a process; empty when it has none, or does not let us look.
    static Optional<Mark> of(int pid) {
        return Proc.variable(pid, VARIABLE).flatMap(Mark::parse);
    }

    static Optional<Mark> parse(String text) {
        if (!text.matches("[0-9]{1,9}:[0-9]{1,18}:[0-9]{1,18}:[0-9]{1,18}")) {
            return Optional.empty();
        }
        String[] part = text.split(":");
        ProcessId keeper = new ProcessId(Integer.parseInt(part[0]), Long.parseLong(part[1]));
        return Optional.of(new Mark(keeper, part[2], Long.parseLong(part[3])));
    }

    /// The key, when this is a mark of that keeper.
    Optional<Long> keyAt(ProcessId wanted, String here) {
        return keeper.equals(wanted) && namespace.equals(here) ? Optional.of(key) : Optional.empty();
    }

    @Override
    public String toString() {
        return keeper.pid() + ":" + keeper.start() + ":" + namespace + ":" + key;
    }
}
