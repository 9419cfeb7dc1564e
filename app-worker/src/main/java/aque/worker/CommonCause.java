package aque.worker;

import aque.db.Database;
import aque.farm.FarmStore;
import aque.log.Failures;
import aque.log.LogStore;
import aque.task.TaskId;
import aque.task.TaskView;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What failures have in common, by what their logs say. Any thread, one at a time.
final class CommonCause {
    private static final Logger log = LoggerFactory.getLogger(CommonCause.class);

    private final FarmStore farm;
    private final Failures failures;

    CommonCause(Database database) {
        this.farm = new FarmStore(database);
        this.failures = new Failures(new LogStore(database));
    }

    /// The error that most of these have; empty when they have none in common.
    Optional<String> of(Collection<TaskId> tasks) {
        try {
            return common(tasks.stream().flatMap(t -> farm.task(t).stream()).toList());
        } catch (RuntimeException e) {
            log.debug("what failed here is not compared: {}", e.getMessage()); // a login that is only a worker's
            return Optional.empty();
        }
    }

    private Optional<String> common(List<TaskView> failed) {
        return failures.groups(failed).stream()
                .filter(g -> g.tasks().size() * 2 > failed.size())
                .findFirst()
                .map(g -> g.fingerprint().title());
    }
}
