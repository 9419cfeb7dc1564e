package aque.desktop.feed;

import aque.db.Unreachable;
import aque.event.FarmEvent;
import aque.farm.JobSummary;
import aque.farm.WorkerView;
import aque.task.TaskId;
import aque.task.TaskView;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Turns events into what is true now: one thread that reads, so looks never overtake each other. Events that come
/// while it reads are merged into the next look. Its lock guards `wanted` alone.
final class FarmReader implements AutoCloseable {
    private static final Logger LOG = System.getLogger(FarmReader.class.getName());
    /// Ten looks a second are quicker than an eye and leave the database alone in a storm.
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Farm farm;
    private final Consumer<Delta> out;
    private final Thread thread;
    private Wanted wanted = new Wanted();
    private volatile boolean closed;

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
            while (true) {
                var now = take();
                if (closed) {
                    return;
                }
                try {
                    out.accept(look(now));
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

    private Delta look(Wanted now) {
        var opened = new ArrayList<OpenJob>();
        if (now.everything) {
            now.opens.addAll(now.shown);
        }
        now.opens.removeAll(now.removed);
        for (var job : now.opens) {
            var tasks = farm.store().tasksOfJob(job);
            if (tasks.stream().anyMatch(TaskView::isJob)) {
                opened.add(OpenJob.build(job, tasks, farm.store().edges(job)));
            }
        }
        var tasks = now.tasks.isEmpty() ? List.<TaskView>of() : farm.store().tasks(now.tasks);
        tasks.forEach(task -> now.jobs.add(task.job()));
        now.jobs.removeAll(now.removed);
        var jobs = now.everything
                ? farm.store().jobs()
                : now.jobs.isEmpty() ? List.<JobSummary>of() : farm.store().jobs(now.jobs);
        var workers = now.workers || now.everything
                ? Optional.of(farm.store().workers())
                : Optional.<List<WorkerView>>empty();
        return new Delta(now.everything, jobs, Set.copyOf(now.removed), tasks, opened, workers);
    }

    /// What the next look must read.
    private static final class Wanted {
        private final Set<TaskId> shown = new HashSet<>();
        private final Set<TaskId> tasks = new LinkedHashSet<>();
        private final Set<TaskId> jobs = new LinkedHashSet<>();
        private final Set<TaskId> opens = new LinkedHashSet<>();
        private final Set<TaskId> removed = new HashSet<>();
        private boolean everything;
        private boolean workers;

        boolean nothing() {
            return !everything && !workers && tasks.isEmpty() && jobs.isEmpty() && opens.isEmpty() && removed.isEmpty();
        }

        void add(FarmEvent event) {
            switch (event) {
                case FarmEvent.JobSubmitted(var job) -> jobs.add(job);
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
            opens.addAll(other.opens);
            removed.addAll(other.removed);
            everything |= other.everything;
            workers |= other.workers;
        }
    }
}
