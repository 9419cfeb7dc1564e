package aque.worker;

import aque.process.RunAs;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Whose tasks a worker of a shared farm takes, and who their processes are. A database login stands for the user of
/// the
/// same name: root takes those whom this machine knows and becomes them, but runs nothing as root; any other worker
/// takes its own user's tasks. Any thread.
final class Users {
    private final String self = System.getProperty("user.name");
    private final Map<String, Optional<RunAs>> met = new ConcurrentHashMap<>();

    /// Looks up the user of a login that has turned up.
    void meet(String login) {
        if (isRoot()) {
            met.computeIfAbsent(login, RunAs::find);
        }
    }

    /// Those who were not there may be by now.
    void forget() {
        met.clear();
    }

    /// The logins whose tasks this worker takes, of those that it has met.
    Set<String> logins() {
        return isRoot()
                ? met.entrySet().stream()
                        .filter(e -> e.getValue().isPresent())
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toUnmodifiableSet())
                : Set.of(self);
    }

    /// Whether a task of this login may run here at all.
    boolean takes(String login) {
        meet(login);
        return logins().contains(login);
    }

    /// Who its processes are to be; empty when they are who this worker is.
    Optional<RunAs> become(String login) {
        return Optional.ofNullable(met.get(login)).flatMap(u -> u);
    }

    private boolean isRoot() {
        return self.equals("root");
    }
}
