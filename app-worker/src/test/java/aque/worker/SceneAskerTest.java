package aque.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aque.broker.SceneAsker;
import aque.log.LogStore;
import aque.openjd.ParameterDefinition;
import aque.submit.Inspection;
import aque.submit.Offer;
import aque.submit.SubmitException;
import aque.task.TaskState;
import aque.testing.TestFarm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Scenes that say nothing are asked by their own tool.
final class SceneAskerTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    @RegisterExtension
    private final FarmWithWorker here = new FarmWithWorker();

    private final TestFarm farm = here.farm;
    private final RunningWorker worker = here.worker;

    private Offer ask(Duration patience, String script) throws InterruptedException {
        var offer = new Offer(
                "s.mb",
                "maya",
                List.of(ParameterDefinition.line("Frames", ""), ParameterDefinition.line("Layer", "")),
                Map.of("Layer", "all"),
                List.of(),
                Optional.of(new Inspection("s.mb", List.of("sh", "-c", script))),
                Optional.empty(),
                values -> TestFarm.job(TestFarm.command(values.parameters().toString(), -1)));
        var values = Offer.Values.of(Map.of(), Path.of("/tmp"), "me");
        return new SceneAsker(farm.broker, farm.farm, new LogStore(farm.database)).ask(offer, values, patience);
    }

    @Test
    void whatTheToolPrintsOfTheParametersIsFilledIn() throws InterruptedException {
        var told = ask(LONG, "echo 'Maya 2027'; echo Other=1; echo 'Frames=3-14 '; echo warning >&2");
        assertThat(told.preset()).containsOnly(Map.entry("Frames", "3-14"), Map.entry("Layer", "all"));
        assertThat(told.inspection()).isEmpty();
        var typed = Offer.Values.of(Map.of("Layer", "one"), Path.of("/tmp"), "me");
        assertThat(told.submission(typed).tasks().getFirst().name()).contains("Frames=3-14", "Layer=one");
    }

    @Test
    void aToolThatTellsNothingOrIsNowhereIsSaid() {
        assertThatThrownBy(() -> ask(LONG, "echo nothing"))
                .isInstanceOf(SubmitException.class)
                .hasMessageContaining("its tool told nothing of it");
        assertThatThrownBy(() -> ask(LONG, "exit 127")).hasMessageContaining("error, exit");
        assertThatThrownBy(() -> ask(Duration.ofSeconds(2), "sleep 300"))
                .isInstanceOf(SubmitException.class)
                .hasMessageContaining("no worker has told of it");
        var last = farm.farm.jobs().getFirst().root().id();
        assertThat(worker.ended(last).state()).isNotEqualTo(TaskState.SUCCESS);
    }
}
