package aque.benchmark;

import aque.event.ChangeFeed;
import aque.event.FarmEvent;
import aque.farm.FarmStore;
import aque.task.TaskId;
import aque.task.TaskView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/// A second reader of the farm, who looks only where the change feed tells him to. Run on one thread; [#faults] when
/// that has ended.
final class Replica implements Runnable {
    private final ChangeFeed feed;
    private final FarmStore farm;
    private final Map<TaskId, TaskView> states = new HashMap<>();

    Replica(ChangeFeed feed, FarmStore farm) {
        this.feed = feed;
        this.farm = farm;
    }

    /// Until it is interrupted.
    @Override
    public void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                read();
                Thread.sleep(100);
            } catch (InterruptedException e) {
                break;
            } catch (RuntimeException e) {
                Torture.rest();
            }
        }
        read();
    }

    private void read() {
        var events = feed.poll();
        try {
            events.forEach(this::look);
        } catch (RuntimeException e) {
            feed.startOver(); // what it told of was not read
            throw e;
        }
    }

    private void look(FarmEvent event) {
        switch (event) {
            case FarmEvent.JobSubmitted e -> put(farm.tasksOfJob(e.job()));
            case FarmEvent.TasksChanged e -> put(farm.tasks(e.tasks()));
            case FarmEvent.JobsChanged e -> e.jobs().forEach(j -> put(farm.tasksOfJob(j)));
            case FarmEvent.JobsRemoved e ->
                states.values().removeIf(t -> e.jobs().contains(t.job()));
            case FarmEvent.WorkerChanged e -> {}
            case FarmEvent.Resync e -> {
                states.clear();
                farm.jobs().forEach(j -> put(farm.tasksOfJob(j.root().id())));
            }
        }
    }

    private void put(List<TaskView> tasks) {
        tasks.forEach(t -> states.put(t.id(), t));
    }

    /// Where it differs from the tables, each as a sentence.
    List<String> faults() {
        var out = new ArrayList<String>();
        var there = new HashSet<TaskId>();
        farm.jobs()
                .forEach(j -> farm.tasksOfJob(j.root().id()).forEach(t -> {
                    there.add(t.id());
                    var told = state(t.id());
                    if (!told.equals(t.state().word())) {
                        out.add("the feed says " + told + " of " + t.id() + ", which is " + t.state());
                    }
                }));
        states.keySet().stream()
                .filter(id -> !there.contains(id))
                .forEach(id -> out.add("the feed has not told that " + id + " was removed"));
        return out;
    }

    private String state(TaskId id) {
        var told = states.get(id);
        return told == null ? "nothing" : told.state().word();
    }
}
