package aque.desktop.action;

import aque.broker.Broker;
import aque.broker.Stopped;
import aque.desktop.feed.Farm;
import aque.desktop.theme.Texts;
import aque.farm.StopRequest;
import aque.task.TaskId;
import aque.task.TaskView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/// An action on its way to the farm: what, to which tasks, with which answers. Its [#done] waits for the database.
///
/// @param values what the person filled in, by field
/// @param grace how long a kill or cancel can be taken back
record Deed(TaskAction action, List<TaskView> tasks, Map<String, String> values, Duration grace) {
    static final String WHY = "why";
    static final String ALSO = "also";
    static final String NUMBER = "number";
    static final String SIGNAL = "signal";
    static final String CPUS = "cpus";
    static final String MEMORY = "memory";
    static final String TEXT = "text";

    private static final int STEP = 100;
    private static final List<String> SIGNALS =
            List.of("TERM", "HUP", "INT", "QUIT", "USR1", "USR2", "STOP", "CONT", "KILL");
    private static final List<Integer> NUMBERS = List.of(15, 1, 2, 3, 10, 12, 19, 18, 9);

    /// What came of it.
    ///
    /// @param changed how many tasks or names it met
    /// @param request a kill or cancel that now waits or whose deaths are awaited
    /// @param undo what takes it back
    record Result(int changed, Optional<StopRequest> request, OptionalLong undo) {}

    static List<String> signals() {
        return SIGNALS;
    }

    List<TaskId> ids() {
        return tasks.stream().map(TaskView::id).toList();
    }

    /// Does it. Not for the FX thread.
    ///
    /// @throws IllegalArgumentException with a sentence for the person, when an answer is not right
    Result done(Farm farm) {
        var broker = values.getOrDefault(WHY, "").isBlank()
                ? farm.broker()
                : farm.broker().because(values.getOrDefault(WHY, "").strip());
        return switch (action) {
            case KILL -> stop(broker, true);
            case CANCEL -> stop(broker, false);
            default -> {
                int changed = change(farm, broker);
                yield new Result(
                        changed,
                        Optional.empty(),
                        action.undoable() && changed > 0 ? broker.undoable() : OptionalLong.empty());
            }
        };
    }

    private int change(Farm farm, Broker broker) {
        return switch (action) {
            case RETRY -> broker.retry(withWhatDepends(farm)).size();
            case RETRY_ROOT -> broker.retry(farm.actions().roots(ids())).size();
            case MARK_DONE -> broker.markDone(ids()).size();
            case MARK_ROOT_DONE -> broker.markDone(farm.actions().roots(ids())).size();
            case DROP_DEPENDENCY -> broker.dropDependencies(ids()).size();
            case REQUEUE -> broker.requeue(ids()).size();
            case HOLD_REQUEUE -> broker.holdAndRequeue(ids()).size();
            case HOLD -> broker.hold(ids()).size();
            case RELEASE -> broker.release(ids()).size();
            case SUSPEND -> broker.suspend(ids()).size();
            case RESUME -> broker.resume(ids()).size();
            case PRIORITY ->
                broker.priority(Amounts.whole(value(NUMBER)), ids()).size();
            case PRIORITY_UP -> moved(broker, STEP);
            case PRIORITY_DOWN -> moved(broker, -STEP);
            case SIGNAL ->
                broker.signal(NUMBERS.get(SIGNALS.indexOf(value(SIGNAL))), ids())
                        .size();
            case NEEDS ->
                broker.changeNeeds(Amounts.cores(value(CPUS)), Amounts.bytes(value(MEMORY)), ids())
                        .size();
            case NOTE -> broker.note(value(TEXT), ids());
            case REMOVE -> broker.remove(ids()).size();
            case KILL, CANCEL, SHOW_LOG, COPY_ID, COPY_COMMAND, OPEN_FOLDER, FRAMES, RESUBMIT ->
                throw new IllegalStateException(action + " changes nothing here");
        };
    }

    private String value(String key) {
        return values.getOrDefault(key, "");
    }

    private Result stop(Broker broker, boolean kill) {
        if (grace.isPositive()) {
            var request = kill ? broker.killAfter(grace, ids()) : broker.cancelAfter(grace, ids());
            return new Result(request.map(StopRequest::tasks).orElse(0), request, OptionalLong.empty());
        }
        Stopped stopped = kill ? broker.kill(ids()) : broker.cancel(ids());
        int n = stopped.tasks();
        var begun = new StopRequest(0, kill, ids(), n, Duration.ZERO, "");
        return new Result(n, n == 0 ? Optional.empty() : Optional.of(begun), OptionalLong.empty());
    }

    private List<TaskId> withWhatDepends(Farm farm) {
        var all = new ArrayList<>(ids());
        if (Boolean.parseBoolean(value(ALSO))) {
            all.addAll(farm.actions().again(ids()));
        }
        return all;
    }

    private int moved(Broker broker, int by) {
        return tasks.stream().collect(Collectors.groupingBy(TaskView::priority)).entrySet().stream()
                .mapToInt(same -> broker.priority(
                                same.getKey() + by,
                                same.getValue().stream().map(TaskView::id).toList())
                        .size())
                .sum();
    }

    /// What the undo bar says of it; empty for what says so itself.
    String sentence(String what) {
        return Texts.of("action." + action.word() + ".done", tasks.size(), what);
    }
}
