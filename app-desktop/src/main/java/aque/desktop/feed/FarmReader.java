package aque.desktop.feed;

import aque.db.Unreachable;
import aque.event.FarmEvent;
import aque.farm.JobLink;
import aque.farm.JobLinks;
import aque.farm.JobSummary;
import aque.task.Edge;
import aque.task.TaskId;
import aque.task.TaskKind;
import aque.task.TaskView;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Turns events into what is true now: one thread that reads, so looks never overtake each other. Events that come
/// while it reads are merged into the next look. Its lock guards `wanted` alone.
final class FarmReader implements AutoCloseable {
    private static final Logger LOG = System.getLogger(FarmReader.class.getName());
    /// Ten looks a second are quicker than an eye and leave the database alone in a storm.
    private static final Duration PAUSE = Duration.ofMillis(100);
    /// As many jobs as a tall window shows come before all the others are read.
    private static final int FIRST_JOBS = 200;
    private static final int FIRST_TASKS = 500;

    private final Farm farm;
    private final Consumer<Delta> out;
    private final Thread thread;
    private final Map<TaskId, Known> known = new HashMap<>();
    private Wanted wanted = new Wanted();
    private volatile boolean closed;

    /// What was last told of a job that is looked at: only what differs is told again.
    private record Known(Map<TaskId, TaskView> tasks, List<Edge> edges) {}

    FarmReader(Farm farm, Consumer<Delta> out) {
        this.farm = farm;
        this.out = out;
        this.thread = Thread.ofVirtual().name("aque-reader").unstarted(this::read);
    }

    void start() {
        thread.start();
    }

    /// Any thread: these happened.
    synchronized void happened(List<FarmEvent> events) {
        events.forEach(wanted::add);
        notifyAll();
    }

    /// Any thread: this job is looked at from now on.
    synchronized void open(TaskId job) {
        wanted.shown.add(job);
        wanted.opens.add(job);
        wanted.afresh.add(job);
        notifyAll();
    }

    /// Any thread: nobody looks at it any more.
    synchronized void close(TaskId job) {
        wanted.shown.remove(job);
        wanted.opens.remove(job);
    }

    /// Ends with the look that is under way: an interrupt would break its connection.
    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }

    private void read() {
        try {
            first();
            while (true) {
                var now = take();
                if (closed) {
                    return;
                }
                try {
                    look(now);
                } catch (RuntimeException e) {
                    if (closed) {
                        return;
                    }
                    LOG.log(
                            e instanceof Unreachable ? Level.DEBUG : Level.WARNING,
                            "cannot read the farm; trying again",
                            e);
                    again(now);
                    Thread.sleep(Duration.ofSeconds(1));
                }
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "reader ends");
        }
    }

    private synchronized Wanted take() throws InterruptedException {
        while (wanted.nothing() && !closed) {
            wait();
        }
        var taken = wanted;
        wanted = new Wanted();
        wanted.shown.addAll(taken.shown);
        return taken;
    }

    private synchronized void again(Wanted failed) {
        wanted.merge(failed);
    }

    /// The feed's first answer is to read everything; until then a window has something to show.
    private void first() {
        try {
            out.accept(Delta.ofJobs(false, farm.store().newestJobs(FIRST_JOBS)));
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, "cannot read the farm yet", e);
        }
    }

    /// What somebody waits for comes first and is shown at once; what takes long comes last.
    private void look(Wanted now) {
        if (!now.removed.isEmpty()) {
            now.removed.forEach(known::remove);
            out.accept(Delta.ofRemoved(Set.copyOf(now.removed)));
        }
        if (now.everything) {
            now.opens.addAll(now.shown);
            out.accept(Delta.ofJobs(true, farm.store().jobs()));
        }
        readLinks(now);
        known.keySet().retainAll(now.shown);
        now.afresh.forEach(known::remove);
        now.opens.removeAll(now.removed);
        now.opens.forEach(this::readJob);
        var tasks = now.tasks.isEmpty() ? List.<TaskView>of() : farm.store().tasks(now.tasks);
        tasks.forEach(task -> remember(task, now));
        now.jobs.removeAll(now.removed);
        var jobs = now.everything || now.jobs.isEmpty()
                ? List.<JobSummary>of()
                : farm.store().jobs(now.jobs);
        if (!tasks.isEmpty() || !jobs.isEmpty()) {
            out.accept(new Delta(false, jobs, Set.of(), tasks, List.of(), Optional.empty(), List.of()));
        }
        if (now.workers || now.everything) {
            out.accept(Delta.ofWorkers(farm.store().workers()));
        }
    }

    /// A job that is looked at and has a follower now has an edge more.
    private void readLinks(Wanted now) {
        var links = now.everything
                ? farm.links().all()
                : now.submitted.isEmpty() ? List.<JobLink>of() : farm.links().after(now.submitted);
        if (!links.isEmpty()) {
            out.accept(Delta.ofLinks(links));
            links.stream().map(JobLink::upstream).filter(now.shown::contains).forEach(now.opens::add);
        }
    }

    private void remember(TaskView task, Wanted now) {
        now.jobs.add(task.job());
        var job = known.get(task.job());
        if (job != null) {
            job.tasks().replace(task.id(), task);
        }
    }

    /// A large job shows its beginning while the rest is read. One that is known tells only what is new.
    private void readJob(TaskId job) {
        var before = known.get(job);
        // Beside the tasks: of a large job each takes a good part of a second.
        var reading = CompletableFuture.supplyAsync(() -> edges(job), Thread.ofVirtual()::start);
        var tasks = before == null ? begin(job) : farm.store().tasksOfJob(job);
        if (tasks.stream().noneMatch(TaskView::isJob)) {
            return;
        }
        var links = await(reading);
        var edges = links.edges();
        if (before != null && before.edges().equals(edges) && sameTasks(before, tasks)) {
            var changed = tasks.stream()
                    .filter(task -> !task.equals(before.tasks().put(task.id(), task)))
                    .toList();
            out.accept(Delta.ofTasks(changed));
        } else {
            out.accept(Delta.ofOpened(OpenJob.build(job, tasks, edges, links.outside())));
            Map<TaskId, TaskView> told = HashMap.newHashMap(tasks.size());
            tasks.forEach(task -> told.put(task.id(), task));
            known.put(job, new Known(told, edges));
        }
    }

    /// In a steady order, so that the same edges are seen to be the same.
    private JobLinks edges(TaskId job) {
        var links = farm.links().of(job);
        var edges = Stream.concat(farm.store().edges(job).stream(), links.edges().stream())
                .distinct()
                .sorted(Comparator.comparing(Edge::upstream).thenComparing(Edge::downstream))
                .toList();
        return new JobLinks(edges, links.outside());
    }

    private static <T> T await(CompletableFuture<T> reading) {
        try {
            return reading.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /// All tasks of a job that was not looked at before; of a large one the first are told on the way.
    private List<TaskView> begin(TaskId job) {
        var first = farm.store().beginOfJob(job, FIRST_TASKS);
        if (first.stream().filter(task -> task.kind() != TaskKind.GROUP).count() < FIRST_TASKS) {
            return first;
        }
        out.accept(Delta.ofOpened(OpenJob.begin(job, first)));
        return farm.store().tasksOfJob(job);
    }

    private static boolean sameTasks(Known before, List<TaskView> tasks) {
        return before.tasks().size() == tasks.size()
                && tasks.stream().allMatch(task -> before.tasks().containsKey(task.id()));
    }

    /// What the next look must read.
    private static final class Wanted {
        private final Set<TaskId> shown = new HashSet<>();
        private final Set<TaskId> tasks = new LinkedHashSet<>();
        private final Set<TaskId> jobs = new LinkedHashSet<>();
        private final Set<TaskId> submitted = new LinkedHashSet<>();
        private final Set<TaskId> opens = new LinkedHashSet<>();
        private final Set<TaskId> afresh = new HashSet<>();
        private final Set<TaskId> removed = new HashSet<>();
        private boolean everything;
        private boolean workers;

        boolean nothing() {
            return !everything && !workers && tasks.isEmpty() && jobs.isEmpty() && opens.isEmpty() && removed.isEmpty();
        }

        void add(FarmEvent event) {
            switch (event) {
                case FarmEvent.JobSubmitted(var job) -> {
                    jobs.add(job);
                    submitted.add(job);
                }
                case FarmEvent.TasksChanged(var changed) -> tasks.addAll(changed);
                case FarmEvent.JobsChanged(var changed) -> changed.forEach(this::reread);
                case FarmEvent.JobsRemoved(var gone) -> removed.addAll(gone);
                case FarmEvent.WorkerChanged changed -> workers = true;
                case FarmEvent.Resync again -> everything = true;
            }
        }

        private void reread(TaskId job) {
            jobs.add(job);
            if (shown.contains(job)) {
                opens.add(job);
            }
        }

        void merge(Wanted other) {
            tasks.addAll(other.tasks);
            jobs.addAll(other.jobs);
            submitted.addAll(other.submitted);
            opens.addAll(other.opens);
            afresh.addAll(other.afresh);
            removed.addAll(other.removed);
            everything |= other.everything;
            workers |= other.workers;
        }
    }
}
