package aque.worker;

import static org.assertj.core.api.Assertions.assertThat;

import aque.log.Channel;
import aque.submit.Offer;
import aque.submit.Offers;
import aque.submit.Submission;
import aque.task.TaskId;
import aque.task.TaskState;
import aque.testing.TestFarm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// A template dropped on a job that runs.
final class ExtendTest {
    private static final String TEMPLATE = """
        specificationVersion: jobtemplate-2023-09
        extensions: [FEATURE_BUNDLE_1]
        name: job
        parameterDefinitions: [{name: Word, type: STRING}]
        jobEnvironments: [{name: E, variables: {AROUND: 'around {{Param.Word}}'}}]
        steps:
        - {name: say, bash: {script: '%s'}}
        - name: then
          dependencies: [{dependsOn: say}]
          parameterSpace: {taskParameterDefinitions: [{name: Frame, type: INT, range: 1-2}]}
          bash: {script: 'echo {{Task.Param.Frame}} $AROUND $EXTRA'}
        """;

    @RegisterExtension
    private final FarmWithWorker here = new FarmWithWorker();

    private final TestFarm farm = here.farm;
    private final RunningWorker worker = here.worker;

    @TempDir
    private Path folder;

    private Submission made(String name, String script, String word) throws IOException {
        var file = Files.writeString(folder.resolve(name), TEMPLATE.formatted(script));
        return Offers.of(file).submission(Offer.Values.of(Map.of("Word", word), folder, "me"));
    }

    private String said(TaskId task) {
        return worker.text(task, Channel.STDOUT).strip();
    }

    @Test
    void itsStepsJoinTheJobWithTheirOwnParametersAndOrder() throws IOException {
        var gate = folder.resolve("gate");
        var job = farm.broker
                .submit(made("a.yaml", "until test -e " + gate + "; do sleep 0.1; done; echo {{Param.Word}}", "first"))
                .id();
        var tasks = farm.farm.tasksOfJob(job);
        worker.running(tasks.stream()
                .filter(t -> t.name().equals("say"))
                .findFirst()
                .orElseThrow()
                .id());

        var added = farm.broker.extend(
                job, made("b.yaml", "echo {{Param.Word}}", "second").withEnvironment(Map.of("EXTRA", "x")));
        assertThat(added).hasSize(3);
        added.forEach(worker::ended);
        assertThat(said(added.getFirst())).isEqualTo("second");
        assertThat(said(added.get(1))).isEqualTo("1 around second x");
        assertThat(said(added.get(2))).isEqualTo("2 around second x");
        assertThat(farm.state(job)).isEqualTo(TaskState.RUNNING);

        Files.createFile(gate);
        assertThat(worker.ended(job).state()).isEqualTo(TaskState.SUCCESS);
        var last = farm.farm.tasksOfStep(job, 1).getLast().id();
        assertThat(said(last)).isEqualTo("2 around first");
    }

    @Test
    void aJobOfPlainCommandsTakesATemplateToo() throws IOException {
        var job = farm.submit(TestFarm.group("all", -1), TestFarm.command("a", 0));
        var added = farm.broker.extend(job, made("b.yaml", "echo {{Param.Word}}", "late"));
        added.forEach(worker::ended);
        assertThat(said(added.getFirst())).isEqualTo("late");
        assertThat(worker.ended(job).state()).isEqualTo(TaskState.SUCCESS);
    }
}
