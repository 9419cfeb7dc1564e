package aque.broker;

import aque.db.Database;
import aque.event.Hints;
import aque.farm.StopRequest;
import aque.schedule.Capabilities;
import aque.schedule.Needs;
import aque.submit.ByFrame;
import aque.submit.NewTask;
import aque.submit.SceneCopy;
import aque.submit.Source;
import aque.submit.Submission;
import aque.submit.SubmitException;
import aque.task.Edge;
import aque.task.TaskId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// The one door to the queue. Every method is one transaction on the server, decided there and on its clock; hints to
/// others go out after the commit. Safe for any thread. Failures: [aque.db.Unreachable], [aque.db.DbException].
public final class Broker {
    private final Desk desk;
    private final Submissions submissions;
    private final Workers workers;
    private final Leases leases;
    private final Stops stops;
    private final Steering steering;
    private final Dependencies dependencies;

    /// @param actor who acts, for the history
    public Broker(Database database, Hints hints, String actor) {
        this(new Desk(database, hints, actor, ""));
    }

    private Broker(Desk desk) {
        this.desk = desk;
        submissions = new Submissions(desk);
        workers = new Workers(desk);
        leases = new Leases(desk);
        stops = new Stops(desk);
        steering = new Steering(desk);
        dependencies = new Dependencies(desk);
    }

    /// The same, acting for a reason: one line that the history keeps and the owner of the tasks reads.
    public Broker because(String reason) {
        return new Broker(new Desk(desk.database(), desk.hints(), desk.actor(), reason));
    }

    /// The same through another session, for who has one that is awake.
    public Broker through(Database database) {
        return new Broker(new Desk(database, desk.hints(), desk.actor(), desk.why()));
    }

    /// What [#submit] made.
    ///
    /// @param id the job's root task; a lone task is its own job
    /// @param existed the key was known: nothing was made, `id` is what it made then
    public record Submitted(TaskId id, boolean existed) {}

    /// Writes the whole graph in one transaction; nobody sees half of it (A8).
    ///
    /// @throws SubmitException for a cycle or a dependency that is not there; nothing was written
    public Submitted submit(Submission submission) {
        return submissions.submit(submission, Optional.empty());
    }

    /// As [#submit], and remembers what it was made of.
    public Submitted submit(Submission submission, Source source) {
        return submissions.submit(submission, Optional.of(source));
    }

    /// Adds what would be a job of its own to a group that is there, as tasks of its job: what was dropped on a
    /// running job. Each keeps its own parameters, environments, folder, variables and order.
    ///
    /// @return the ids of its tasks
    /// @throws SubmitException when the group is not there; nothing was written
    public List<TaskId> extend(TaskId group, Submission more) {
        return submissions.extend(group, more);
    }

    /// Adds tasks to a group that is there; one that has ended opens again, with what waits for it. Parents and edges
    /// inside `tasks` are not looked at.
    ///
    /// @param like they need what the group's other tasks need, in place of their own needs
    /// @param after what all of them wait for
    /// @return their ids, in order
    /// @throws SubmitException when the group or what they wait for is not there; nothing was written
    public List<TaskId> append(TaskId group, List<NewTask> tasks, boolean like, List<TaskId> after) {
        return submissions.append(group, tasks, like, after);
    }

    /// Says hello for a worker.
    public WorkerSession hello(String name, Capabilities capabilities, String version) {
        return workers.hello(name, capabilities, version);
    }

    /// A worker gives more or less than before; what it runs goes on.
    public void reconfigure(WorkerSession worker, Capabilities capabilities, String version) {
        workers.reconfigure(worker, capabilities, version);
    }

    /// A worker leaves; what it still holds goes back to pending.
    public void bye(WorkerSession worker) {
        workers.bye(worker);
    }

    /// The requirement classes above `after`, so that a worker can decide once which ones fit it.
    public Map<Integer, Needs> classes(int after) {
        return leases.classes(after);
    }

    /// As [#acquire(WorkerSession, Room)], with nothing busy.
    public List<Claim> acquire(
            WorkerSession worker, Collection<Integer> classes, int totalCpu, int freeCpu, long freeMemory, int max) {
        return acquire(worker, new Room(classes, totalCpu, freeCpu, freeMemory, max));
    }

    /// Takes tasks that fit into what is free, best first, and leases them to the worker (A24).
    public List<Claim> acquire(WorkerSession worker, Room room) {
        return leases.acquire(worker, room);
    }

    /// The OpenJD document of a job.
    public Optional<String> document(TaskId job) {
        return leases.document(job);
    }

    /// Whether the lane of this running task has more that could start: others that are like it but for their
    /// parameters.
    public boolean moreLike(TaskId running) {
        return leases.moreLike(running);
    }

    /// The pool that a job asks for, as policy calls it: its queue; "" for none.
    public String queue(TaskId job) {
        return leases.queue(job);
    }

    /// Whether something of higher priority than this running task could start in its place (A57).
    ///
    /// @param classes requirement classes that fit its worker; `totalCpu` the worker's whole cpus, for shares
    /// @param cpu free there once the task has gone, thousandths of a core; `memory` in bytes
    public boolean comesBefore(TaskId running, Collection<Integer> classes, int totalCpu, int cpu, long memory) {
        return leases.comesBefore(running, classes, totalCpu, cpu, memory);
    }

    /// Asks for tasks of interruptible jobs to go back, when something of higher priority could start in their
    /// place.
    ///
    /// @return these; empty when nothing is to be done
    public List<TaskId> makeRoom(WorkerSession worker, Room room) {
        return leases.makeRoom(worker, room);
    }

    /// Whether this worker keeps its room for a task that is first in line and too big for what is free: smaller ones
    /// would pass it for ever. One worker keeps room for a task, half a minute after nothing like it has started.
    ///
    /// @return what to take meanwhile: what the room is kept for, or one task that goes before it, and then ask
    /// again; empty when no room is kept
    public Optional<Room> keepRoom(WorkerSession worker, Room room) {
        return leases.keepRoom(worker, room);
    }

    /// A running task's processes were stopped, or go on.
    public void suspended(TaskId running, int attempt, boolean on) {
        leases.suspended(running, attempt, on);
    }

    /// Reports how attempts ended. Frees and fails what depends on them in the same commit.
    ///
    /// @return the tasks whose report was accepted; the others had been given to somebody else (the fence, A28)
    public List<TaskId> complete(WorkerSession worker, List<Outcome> outcomes) {
        return leases.complete(worker, outcomes);
    }

    /// One beat of one worker: tells progress, learns what to stop.
    public Beat beat(WorkerSession worker, List<Progress> running) {
        var beat = workers.beat(worker, running);
        if (beat.nextStop().map(left -> !left.isPositive()).orElse(false)) {
            carryOutDue();
        }
        return beat;
    }

    /// Gives up workers that are gone and puts their tasks back. Any worker may call it at any time.
    ///
    /// @return how many tasks were put back
    public int reap() {
        return workers.reap();
    }

    /// Puts back what this worker holds by the tables and does not know of, a minute after it was given.
    ///
    /// @param known what it runs or has yet to report
    /// @return how many tasks were put back
    public int reapForgotten(WorkerSession worker, Collection<TaskId> known) {
        return workers.reapForgotten(worker, known);
    }

    /// Forgets what the change feed told more than a day ago.
    public int pruneChanges() {
        return workers.pruneChanges();
    }

    /// What has not started is cancelled, what runs is asked to stop and is `killed` once its death is confirmed.
    /// Groups stand for all their members.
    public Stopped kill(Collection<TaskId> ids) {
        return stops.stop(ids, true);
    }

    /// These tasks and what comes before them, sparing what something else that lives still needs (A89): what
    /// `kill -r` kills, and its preview.
    public List<TaskId> withUpstream(Collection<TaskId> ids) {
        return stops.withUpstream(ids);
    }

    /// Cancels what has not started; what runs is left alone (W24).
    public Stopped cancel(Collection<TaskId> ids) {
        return stops.stop(ids, false);
    }

    /// Asks for a kill that can be taken back until `grace` is over. From its commit on nothing of these starts; what
    /// runs is stopped then. It needs nobody who waits: any worker or console carries it out.
    ///
    /// @return empty when there is nothing to stop
    public Optional<StopRequest> killAfter(Duration grace, Collection<TaskId> ids) {
        return stops.ask(grace, ids, true);
    }

    /// As [#killAfter], for what has not started alone.
    public Optional<StopRequest> cancelAfter(Duration grace, Collection<TaskId> ids) {
        return stops.ask(grace, ids, false);
    }

    /// Carries out now what was asked for with a grace.
    ///
    /// @return how many tasks it met; empty when it was carried out or taken back before
    public OptionalInt carryOut(long action) {
        return stops.carryOut(OptionalLong.of(action));
    }

    /// Carries out all kills and cancels whose grace is over. Anybody may call it at any time.
    public void carryOutDue() {
        stops.carryOutDue();
    }

    /// Takes an action back: a kill or cancel in its grace, a hold, a release, a priority. Tasks have their exact
    /// former place again. What somebody else changed since stays.
    ///
    /// @return how many tasks it met; 0 when it is too late
    public int undo(long action) {
        return stops.undo(action);
    }

    /// Takes back the last thing that this actor did from here within the hour, as [#undo].
    public Optional<Undone> undoLast() {
        return stops.undoLast();
    }

    /// The number of the last action of this actor from here that [#undoLast] would take back.
    public OptionalLong undoable() {
        return stops.undoable();
    }

    /// What was taken back.
    ///
    /// @param verb the action as the history names it
    /// @param tasks how many it met
    public record Undone(String verb, int tasks) {}

    /// Ended tasks go back to waiting or pending, same id, next attempt; what was blocked by them is re-armed (A93).
    /// Of a group, the members that failed by themselves.
    public List<TaskId> retry(Collection<TaskId> ids) {
        return steering.retry(ids);
    }

    /// These count as ended in success; what waits for them goes on, what was blocked by them is re-armed. What runs
    /// is left alone.
    public List<TaskId> markDone(Collection<TaskId> ids) {
        return steering.markDone(ids);
    }

    /// These no longer wait for what blocks them; where nothing does, for nothing any more. Jobs wait for no file.
    public List<TaskId> dropDependencies(Collection<TaskId> ids) {
        return dependencies.drop(ids);
    }

    /// These no longer wait for `upstream` and what is in it, whatever has become of that; all else they wait for
    /// stays.
    public List<TaskId> dropDependencies(Collection<TaskId> ids, Collection<TaskId> upstream) {
        return dependencies.drop(ids, upstream);
    }

    /// These jobs no longer wait for this file.
    public List<TaskId> dropFile(Path file, Collection<TaskId> jobs) {
        return dependencies.drop(file, jobs);
    }

    /// What has not started waits from now on for more. A group waits as a whole, with all its members.
    ///
    /// @return what waits now and did not before; what runs or has ended is left out
    /// @throws SubmitException when something is not there, or would wait for itself; nothing was changed
    public List<TaskId> addDependencies(List<Edge> edges) {
        return dependencies.add(edges);
    }

    /// A task that has not ended goes on as another: who waits for it waits for that one too (W6).
    ///
    /// @return what waits for the other now
    /// @throws SubmitException when it has ended, one is not there, or they would wait for themselves
    public List<TaskId> continueAs(TaskId task, TaskId next) {
        return dependencies.continueAs(task, next);
    }

    /// As [#addDependencies], frame by frame: the tasks among these, and in the groups among these.
    public List<TaskId> addDependencies(ByFrame wait, List<TaskId> downstream) {
        return dependencies.add(wait, downstream);
    }

    /// Files that jobs wait for and that a worker with these classes is to look for now; nobody else is told of them
    /// for
    /// some seconds.
    public List<Path> filesToSee(Collection<Integer> classes) {
        return dependencies.filesToSee(classes);
    }

    /// This volume is full, stale or away: jobs that work there wait until a worker could write there.
    ///
    /// @param volume where it is mounted
    /// @param why the line that told so
    /// @return the jobs that wait now
    public List<TaskId> volumeAway(WorkerSession worker, Path volume, String why) {
        return dependencies.volumeAway(worker, volume, why);
    }

    /// This worker's machine does not see where a task's job works: the job's tasks go to others, and wait for the
    /// folder
    /// when none sees it (A61).
    ///
    /// @return whether the job waits for it now
    public boolean folderAway(WorkerSession worker, TaskId task, Path folder) {
        return dependencies.folderAway(worker, task, folder);
    }

    /// Tells how files look: text that changes with their size and time, "" for one that is not there.
    ///
    /// @return the jobs that wait for no file any more
    public List<TaskId> filesSeen(Map<Path, String> looks) {
        return dependencies.filesSeen(looks);
    }

    /// What the next attempts of these need; what runs keeps what it has.
    ///
    /// @param cpuMilli thousandths of a core; empty leaves it
    /// @param memory bytes; empty leaves it
    public List<TaskId> changeNeeds(OptionalInt cpuMilli, OptionalLong memory, Collection<TaskId> ids) {
        return steering.changeNeeds(cpuMilli, memory, ids);
    }

    /// What runs comes back and stays on hold: that comes first, so that nothing starts again in between.
    public List<TaskId> holdAndRequeue(Collection<TaskId> ids) {
        return steering.holdAndRequeue(ids);
    }

    /// Leaves a note that everybody sees.
    ///
    /// @return on how many tasks it is now
    public int note(String text, Collection<TaskId> ids) {
        return steering.note(text, ids, List.of());
    }

    /// Leaves a note on workers, by name.
    public int noteWorkers(String text, Collection<String> names) {
        return steering.note(text, List.of(), names);
    }

    /// Takes running tasks back: stopping, then pending; no retry spent.
    public List<TaskId> requeue(Collection<TaskId> ids) {
        return steering.requeue(ids);
    }

    /// Nothing of these starts until released; what runs goes on.
    public List<TaskId> hold(Collection<TaskId> ids) {
        return steering.steer(ids, "hold", 0);
    }

    /// They may start again.
    public List<TaskId> release(Collection<TaskId> ids) {
        return steering.steer(ids, "release", 0);
    }

    /// Larger first; what runs goes on.
    public List<TaskId> priority(int priority, Collection<TaskId> ids) {
        return steering.steer(ids, "priority", priority);
    }

    /// Stops the processes of running tasks until [#resume]; they keep what they have reserved (A56).
    public List<TaskId> suspend(Collection<TaskId> ids) {
        return steering.signal(Steering.STOP, ids);
    }

    /// Lets suspended tasks go on.
    public List<TaskId> resume(Collection<TaskId> ids) {
        return steering.signal(Steering.CONTINUE, ids);
    }

    /// Sends one signal to the processes of running tasks, once, without change of state.
    public List<TaskId> signal(int number, Collection<TaskId> ids) {
        return steering.signal(number, ids);
    }

    /// Sets how much of something the whole farm may use at once (a licence); `perHost`: a host counts once.
    public void limit(String name, int most, boolean perHost) {
        steering.limit(name, most, perHost);
    }

    /// Whether it is the caller's turn to count how much of this limit there is: one worker's, twice a minute.
    public boolean isLimitDue(String name) {
        return steering.isLimitDue(name);
    }

    /// There is so much of it now, a worker has counted.
    public void limitIs(String name, int most) {
        steering.limitIs(name, most);
    }

    /// Sets labels of the jobs of these; an empty value takes one away.
    ///
    /// @return the jobs
    public List<TaskId> label(Map<String, String> labels, Collection<TaskId> ids) {
        return steering.label(labels, ids);
    }

    /// Sets how much of the farm a group or an owner has; what is empty stays as it was.
    ///
    /// @param weight of equal priorities who has least for his weight goes first; 1 unless told
    /// @param mostCpuMilli thousandths of a core that it may have at once
    /// @param topPriority the highest that is granted to it
    public void share(String name, OptionalInt weight, OptionalInt mostCpuMilli, OptionalInt topPriority) {
        steering.share(name, weight, mostCpuMilli, topPriority, false);
    }

    /// The same, but nothing stays as it was: what is empty is without a bound from now on.
    public void shareAnew(String name, int weight, OptionalInt mostCpuMilli, OptionalInt topPriority) {
        steering.share(name, OptionalInt.of(weight), mostCpuMilli, topPriority, true);
    }

    /// Takes a share away; without any left nobody is looked at.
    public void shareOff(String name) {
        steering.share(name, OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), true);
    }

    /// Removes what ended jobs wrote and left, logs and results; they stay themselves (P32). What something in
    /// another job still waits for is kept.
    ///
    /// @return the jobs that it met
    public List<TaskId> dropResults(Collection<TaskId> jobs) {
        return desk.verb("SELECT drop_results(?, ?)", jobs);
    }

    /// Removes ended jobs with all that belongs to them; what has not ended stays.
    public List<TaskId> remove(Collection<TaskId> jobs) {
        var copies = submissions.copies(jobs);
        var gone = desk.verb("SELECT remove_asked(?, ?)", jobs);
        gone.forEach(id -> copies.getOrDefault(id, List.of()).forEach(SceneCopy::delete));
        return gone;
    }

    /// These workers, by number, take no more work; what runs there goes on.
    ///
    /// @return those that are there for it
    public List<Integer> drain(Collection<Integer> ids) {
        return workers.steer(ids, "drain", "");
    }

    /// These take work again; those that were set aside are so no longer.
    public List<Integer> undrain(Collection<Integer> ids) {
        return workers.steer(ids, "undrain", "");
    }

    /// What still runs at that time on these, which are drained, is given back.
    public void drainBy(Collection<Integer> ids, Instant at) {
        workers.drainBy(ids, at);
    }

    /// Says more of these workers; an explicit null takes back what was said.
    ///
    /// @param setting JSON of [aque.schedule.WorkerSetting]
    public void setWorkers(Collection<String> names, String setting) {
        workers.set(names, setting);
    }

    /// These take no more work, nor do workers of their names that are started later, until [#undrain].
    ///
    /// @param note why, for everybody to read
    public List<Integer> setAside(Collection<Integer> ids, String note) {
        return workers.steer(ids, "aside", note);
    }

    /// These give back what they run, no retry spent, and end.
    public List<Integer> stopWorkers(Collection<Integer> ids) {
        return workers.steer(ids, "stop", "");
    }

    /// These read their configuration again, and are replaced when their program is another one; what runs goes on.
    public List<Integer> reloadWorkers(Collection<Integer> ids) {
        return workers.steer(ids, "reload", "");
    }

    /// What was done about a worker that may be ill.
    public enum Sickness {
        /// Nothing: its tasks fail elsewhere too.
        NONE,
        /// It takes no more work until somebody undrains it.
        ASIDE,
        /// A pool cannot do without it, or has lost many lately: the history says so, once an hour.
        ALARM
    }

    /// On this worker tasks of these jobs have failed in a row: sets it aside when they succeed elsewhere.
    ///
    /// @param how they failed, for the note
    public Sickness asideWhenSick(WorkerSession worker, Collection<TaskId> jobs, String how) {
        return workers.asideWhenSick(worker, jobs, how);
    }
}
