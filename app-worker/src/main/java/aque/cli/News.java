package aque.cli;

import aque.db.Database;
import aque.farm.FarmStore;
import aque.farm.JobSummary;
import aque.task.TaskId;
import aque.task.TaskState;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jline.reader.Candidate;

/// What happens to jobs, told while somebody types: each change of a job's state, a line. On a connection and a thread
/// of its own, woken by the farm.
final class News implements AutoCloseable {
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final int MOST_AT_ONCE = 10;

    private final Database database;
    private final FarmStore farm;
    private final Thread thread;
    private volatile Consumer<String> ear = line -> {};
    private volatile List<JobSummary> jobs = List.of();
    private volatile boolean closed;

    News(Shell shell) {
        database = Database.plain(shell.database().address(), "aque shell");
        farm = new FarmStore(database);
        jobs = farm.jobs();
        thread = Thread.ofVirtual().name("aque-news").start(this::listen);
    }

    /// Whom to tell.
    void tell(Consumer<String> to) {
        ear = to;
    }

    /// The jobs that there are, for completion.
    List<Candidate> ids() {
        return jobs.stream()
                .map(j -> new Candidate(
                        j.root().id().toString(),
                        j.root().id().toString(),
                        null,
                        Text.clean(j.root().name()),
                        null,
                        null,
                        true))
                .toList();
    }

    private void listen() {
        try (var ears = new Ears(database.address())) {
            while (!closed) {
                ears.await(LOOK);
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            var before = states(jobs);
            jobs = farm.jobs();
            var changed = jobs.stream()
                    .filter(j -> before.get(j.root().id()) != j.root().state())
                    .toList();
            changed.stream().limit(MOST_AT_ONCE).forEach(j -> ear.accept(line(j)));
            if (changed.size() > MOST_AT_ONCE) {
                ear.accept("… and " + (changed.size() - MOST_AT_ONCE) + " more jobs");
            }
        } catch (aque.db.DbException | aque.db.Unreachable e) {
            ear.accept("the broker does not answer: " + e.getMessage());
        }
    }

    private static String line(JobSummary j) {
        return "· " + j.root().id() + " " + j.root().state().word() + "  "
                + Text.clean(j.root().name());
    }

    private static Map<TaskId, TaskState> states(List<JobSummary> jobs) {
        var out = new HashMap<TaskId, TaskState>();
        jobs.forEach(j -> out.put(j.root().id(), j.root().state()));
        return out;
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        database.close();
    }
}
