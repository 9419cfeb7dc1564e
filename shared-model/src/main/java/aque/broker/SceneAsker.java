package aque.broker;

import aque.farm.FarmStore;
import aque.log.Channel;
import aque.log.LogStore;
import aque.openjd.ParameterDefinition;
import aque.submit.Inspection;
import aque.submit.Offer;
import aque.submit.SubmitException;
import aque.task.TaskId;
import aque.task.TaskState;
import aque.task.TaskView;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// Asks a scene by a short task on a worker that has its tool, and waits for the answer. For threads that may wait.
public final class SceneAsker {
    /// As long as people wait for it: an application of 3D takes half a minute to start.
    public static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Duration LOOK = Duration.ofMillis(250);
    private static final int MOST = 1 << 20;

    private final Broker broker;
    private final FarmStore farm;
    private final LogStore logs;

    public SceneAsker(Broker broker, FarmStore farm, LogStore logs) {
        this.broker = broker;
        this.farm = farm;
        this.logs = logs;
    }

    /// The offer with what its scene's tool told; the same when there is nothing to ask.
    ///
    /// @param values whose folder and owner the task has
    /// @throws SubmitException with a sentence when there was no answer in time; the task is killed then
    public Offer ask(Offer offer, Offer.Values values, Duration patience) throws InterruptedException {
        if (offer.inspection().isEmpty()) {
            return offer;
        }
        var inspection = offer.inspection().get();
        var id = broker.submit(inspection.submission(values.owner(), values.cwd()))
                .id();
        var until = System.nanoTime() + patience.toNanos();
        var task = farm.task(id).orElseThrow();
        while (!task.state().ended()) {
            if (System.nanoTime() - until >= 0) {
                broker.kill(List.of(id));
                throw new SubmitException(inspection.scene() + ": no worker has told of it within "
                        + patience.toSeconds() + " s (task " + id + ")");
            }
            Thread.sleep(LOOK);
            task = farm.task(id).orElseThrow();
        }
        var asked = offer.parameters().stream().map(ParameterDefinition::name).toList();
        return offer.withTold(answer(inspection, asked, task));
    }

    private Map<String, String> answer(Inspection inspection, Collection<String> asked, TaskView task) {
        var values = task.state() == TaskState.SUCCESS
                ? Inspection.values(printed(task.id(), task.attempt()), asked)
                : Map.<String, String>of();
        if (values.isEmpty()) {
            throw new SubmitException(inspection.scene() + ": its tool told nothing of it (task " + task.id() + ": "
                    + task.state().word() + (task.reason().isEmpty() ? "" : ", " + task.reason()) + ")");
        }
        return values;
    }

    private String printed(TaskId task, int attempt) {
        var out = new ByteArrayOutputStream();
        logs.tail(task, attempt, MOST).chunks().stream()
                .filter(chunk -> chunk.channel() == Channel.STDOUT)
                .forEach(chunk -> out.writeBytes(chunk.data()));
        return out.toString(StandardCharsets.UTF_8);
    }
}
