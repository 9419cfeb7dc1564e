package aque.worker;

import static org.assertj.core.api.Assertions.assertThat;

import aque.log.Channel;
import aque.openjd.Watched;
import aque.submit.Offer;
import aque.submit.Offers;
import aque.task.TaskId;
import aque.task.TaskKind;
import aque.task.TaskState;
import aque.task.TaskView;
import aque.testing.TestFarm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// What a task must leave, looked for by a real worker.
final class OutputCheckTest {
    @RegisterExtension
    private final FarmWithWorker here = new FarmWithWorker();

    private final TestFarm farm = here.farm;
    private final RunningWorker worker = here.worker;

    @TempDir
    private Path folder;

    private Path template(String script) throws IOException {
        return Files.writeString(folder.resolve("t.yaml"), """
            specificationVersion: jobtemplate-2023-09
            extensions: [TASK_CHUNKING, FEATURE_BUNDLE_1]
            name: shot
            aque: {outputs: [{files: 'f.####.png', least: 3}]}
            steps:
            - name: render
              parameterSpace:
                taskParameterDefinitions:
                - name: Frame
                  type: CHUNK[INT]
                  range: 1-10
                  chunks: {defaultTaskCount: 10, rangeConstraint: CONTIGUOUS}
              bash: {script: '%s'}
            """.formatted(script));
    }

    private TaskView ran(Offer.Values values, Path template) {
        TaskId job = farm.broker.submit(Offers.of(template).submission(values)).id();
        worker.ended(job);
        return farm.farm.tasksOfJob(job).stream()
                .filter(t -> t.kind() == TaskKind.OPENJD)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aTaskThatMissesOneOfTenFramesHasFailedThoughItExitedWithZero() throws IOException {
        var values = Offer.Values.of(Map.of(), folder, "me");
        var task = ran(
                values,
                template("cd " + folder
                        + "; for i in 1 2 3 4 5 6 7 8 9; do printf 0123 > f.$(printf %04d $i).png; done"));
        assertThat(task.state()).isEqualTo(TaskState.ERROR);
        assertThat(task.reason()).isEqualTo("output_missing");
        assertThat(task.exitCode()).hasValue(0);
        assertThat(task.status()).startsWith("1 of 10 files are not there").endsWith("f.0010.png");
        assertThat(worker.text(task.id(), Channel.LOG)).contains("is not there: " + folder + "/f.0010.png");
    }

    @Test
    void aTaskThatLeavesAllOfThemHasSucceededAndAChangedSceneIsFlagged() throws IOException {
        for (var i = 1; i <= 10; i++) {
            Files.writeString(folder.resolve("f.%04d.png".formatted(i)), "0123");
        }
        var scene = Files.writeString(folder.resolve("scene"), "changed");
        var watched = new Watched(scene.toString(), 1, 1);
        var plain = Offer.Values.of(Map.of(), folder, "me");
        var values = new Offer.Values(Map.of(), List.of(), plain.mapping(), folder, "me", List.of(watched));
        var task = ran(values, template("true"));
        assertThat(task.state()).isEqualTo(TaskState.SUCCESS);
        assertThat(task.status()).contains("changed since the submit");
    }
}
