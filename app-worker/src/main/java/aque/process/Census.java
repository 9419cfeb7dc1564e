package aque.process;

import aque.keeper.Descendants;
import aque.posix.Proc;
import aque.posix.ProcStat;
import aque.posix.ProcessId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/// Tells which processes belong to which start of one keeper: all of `/proc` is read once, for all who ask at
/// the same time. A process belongs to a start when it was seen to once, or carries its mark, or its parent,
/// session or group does, or no other start can be meant. Any thread.
final class Census {
    private final ProcessId keeper;
    private final BooleanSupplier keeperLives;
    private final String namespace = Proc.namespace();
    private final Map<ProcessId, Long> owners = new HashMap<>();
    private final Map<Long, Optional<ProcessId>> mains = new ConcurrentHashMap<>();
    private Count last = new Count(Long.MIN_VALUE, Map.of());

    /// @param keeperLives while it does, all that belongs to its starts is below it
    Census(ProcessId keeper, BooleanSupplier keeperLives) {
        this.keeper = keeper;
        this.keeperLives = keeperLives;
    }

    /// What was alive at one moment.
    record Count(long nanos, Map<Long, List<ProcStat>> members) {
        List<ProcStat> of(long key) {
            return members.getOrDefault(key, List.of());
        }
    }

    /// Before the keeper is told: from now on, an unknown process may be this one on its way.
    void announce(long key) {
        mains.put(key, Optional.empty());
    }

    void started(long key, ProcessId main) {
        mains.put(key, Optional.of(main));
    }

    void forget(long key) {
        mains.remove(key);
    }

    /// A count that began after this call did.
    Count now() {
        return since(System.nanoTime());
    }

    /// A count that is at most so old.
    Count lately(long ageNanos) {
        return since(System.nanoTime() - ageNanos);
    }

    private synchronized Count since(long nanos) {
        if (last.nanos == Long.MIN_VALUE || last.nanos - nanos < 0) {
            last = count();
        }
        return last;
    }

    private Count count() {
        long nanos = System.nanoTime();
        boolean below = keeperLives.getAsBoolean();
        List<ProcStat> all = Proc.all();
        List<ProcStat> candidates = below
                ? Descendants.of(keeper.pid(), all)
                : all.stream().filter(process -> !process.zombie()).toList();
        prune(candidates);
        Round round = new Round(candidates, below);
        candidates.forEach(round::settle);
        return new Count(
                nanos,
                candidates.stream()
                        .filter(process -> owners.containsKey(process.id()))
                        .collect(Collectors.groupingBy(process -> owners.getOrDefault(process.id(), 0L))));
    }

    private void prune(List<ProcStat> alive) {
        Set<ProcessId> present = alive.stream().map(ProcStat::id).collect(Collectors.toSet());
        owners.keySet().retainAll(present);
        owners.values().retainAll(mains.keySet());
        mains.forEach((key, main) -> main.ifPresent(id -> owners.put(id, key)));
    }

    /// One look at all candidates, parents before children.
    private final class Round {
        private final boolean below;
        private final Map<Integer, ProcessId> byPid = new HashMap<>();
        private final Map<Integer, Long> sessions = new HashMap<>();

        private Round(List<ProcStat> candidates, boolean below) {
            this.below = below;
            mains.forEach((key, main) -> main.ifPresent(id -> sessions.put(id.pid(), key)));
            for (ProcStat process : candidates) {
                byPid.put(process.pid(), process.id());
                Long key = owners.get(process.id());
                if (key != null) {
                    leads(process, key);
                }
            }
        }

        private void settle(ProcStat process) {
            if (!owners.containsKey(process.id())) {
                marked(process)
                        .or(() -> inherited(process))
                        .or(() -> onlyOne(process))
                        .ifPresent(key -> {
                            owners.put(process.id(), key);
                            leads(process, key);
                        });
            }
        }

        private Optional<Long> marked(ProcStat process) {
            return Mark.of(process.pid()).flatMap(mark -> mark.keyAt(keeper, namespace));
        }

        private Optional<Long> inherited(ProcStat process) {
            return Optional.ofNullable(byPid.get(process.parent()))
                    .map(owners::get)
                    .or(() -> Optional.ofNullable(sessions.get(process.session())))
                    .or(() -> Optional.ofNullable(sessions.get(process.group())));
        }

        /// A process that nothing is known of, below a keeper that it can have from one start only.
        private Optional<Long> onlyOne(ProcStat process) {
            List<Long> possible = mains.entrySet().stream()
                    .filter(main -> main.getValue()
                            .map(id -> id.start() <= process.id().start())
                            .orElse(true))
                    .map(Map.Entry::getKey)
                    .limit(2)
                    .toList();
            return below && possible.size() == 1 ? Optional.of(possible.getFirst()) : Optional.empty();
        }

        private void leads(ProcStat process, long key) {
            sessions.put(process.session(), key);
            sessions.put(process.group(), key);
        }
    }
}
