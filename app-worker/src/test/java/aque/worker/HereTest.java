package aque.worker;

import static org.assertj.core.api.Assertions.assertThat;

import aque.farm.PathRoot;
import aque.farm.PathRootStore;
import aque.log.Channel;
import aque.schedule.Needs;
import aque.submit.NewTask;
import aque.submit.Offer;
import aque.submit.Offers;
import aque.submit.TaskOptions;
import aque.submit.Work;
import aque.task.TaskState;
import aque.testing.TestFarm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Jobs of a Windows desk on a Linux worker: the farm's table of folders says where everything is.
final class HereTest {
    private final TestFarm farm = new TestFarm();

    @TempDir
    private Path folder;

    @BeforeEach
    void mount() throws IOException {
        new PathRootStore(farm.database).set(new PathRoot("shows", folder.toString(), "S:\\", ""), "tester");
        Files.writeString(folder.resolve("in.txt"), "in\n");
    }

    @AfterEach
    void stop() {
        farm.close();
    }

    @Test
    void aCommandFindsItsFolderItsWordsItsVariablesAndItsFiles() throws IOException {
        var options = TaskOptions.NONE
                .withCwd("S:\\")
                .withEnv(Map.of("TEX", "S:\\tex;S:/more"))
                .withStdinFile("S:\\in.txt")
                .withStdout("S:\\out.txt");
        var argv = List.of(
                "sh", "-c", "pwd; cat; cat \"$1\" \"${2#*=}\"; echo $TEX", "sh", "S:\\in.txt", "--in=S:/in.txt");
        var id = farm.submit(new NewTask("x", new Work.Command(argv), -1, List.of(), Needs.ONE_CPU, 0, options));
        try (var worker = RunningWorker.of(farm)) {
            assertThat(worker.ended(id).state())
                    .as(worker.text(id, Channel.LOG))
                    .isEqualTo(TaskState.SUCCESS);
            assertThat(folder.resolve("out.txt"))
                    .hasContent(folder + "\nin\nin\nin\n" + folder + "/tex:" + folder + "/more\n");
        }
    }

    @Test
    void aSessionFindsItsPathsItsEmbeddedFilesAndWhatItMustLeave() throws IOException {
        var template = Files.writeString(folder.resolve("job.yaml"), """
                specificationVersion: jobtemplate-2023-09
                name: Session
                parameterDefinitions:
                - {name: In, type: PATH, default: 'S:\\in.txt'}
                steps:
                - name: Mapped
                  stepEnvironments:
                  - name: Vars
                    variables: {OUT: 'S:\\out.txt'}
                  script:
                    actions:
                      onRun: {command: sh, args: ['{{Task.File.Run}}', '{{Param.In}}']}
                    embeddedFiles:
                    - {name: Run, type: TEXT, data: 'cat "$1" S:\\in.txt >"$OUT"; echo "$OUT"'}
                """);
        var job = farm.broker
                .submit(Offers.of(template).submission(Offer.Values.of(Map.of("In", "S:\\in.txt"), folder, "ann")))
                .id();
        var id = farm.named(job, "Mapped");
        try (var worker = RunningWorker.of(farm)) {
            assertThat(worker.ended(id).state())
                    .as(worker.text(id, Channel.LOG))
                    .isEqualTo(TaskState.SUCCESS);
            assertThat(worker.text(id, Channel.STDOUT)).isEqualTo(folder + "/out.txt\n");
            assertThat(folder.resolve("out.txt")).hasContent("in\nin\n");
        }
    }
}
