package aque.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import aque.farm.AttemptView;
import aque.farm.Why;
import aque.log.Channel;
import aque.schedule.Needs;
import aque.submit.JobRules;
import aque.submit.NewTask;
import aque.submit.TaskOptions;
import aque.submit.Work;
import aque.task.TaskId;
import aque.task.TaskState;
import aque.testing.TestFarm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Ends that do not mean what their exit code says, and files that are waited for.
final class ExcuseTest {
    @RegisterExtension
    private final FarmWithWorker here = new FarmWithWorker();

    private final TestFarm farm = here.farm;
    private final RunningWorker worker = here.worker;

    @TempDir
    private Path folder;

    @Test
    void aLineThatTellsOfAShortLicenceDelaysTheTask() {
        delayed(submit("echo Licensed number of users already reached; exit 1", TaskOptions.NONE));
    }

    @Test
    void aLineThatTellsOfAFullDiskDelaysTheTask() {
        var id = submit("echo 'cp: error writing x: No space left on device' >&2; exit 1", TaskOptions.NONE);
        await("its delay")
                .atMost(Duration.ofSeconds(30))
                .until(() -> new Why(farm.database)
                        .reasons(farm.farm.task(id).orElseThrow())
                        .getFirst()
                        .startsWith("its disk was full, stale or away"));
    }

    @Test
    void aVolumeIsWhatMachinesShare() {
        var mounts = List.of(
                "/dev/sda1 / ext4 rw 0 0",
                "fs:/show /show nfs4 rw 0 0",
                "fs:/a\\040b /show/a\\040b cifs rw 0 0",
                "/dev/sdb1 /show/scratch xfs rw 0 0");
        assertThat(Volume.of(Path.of("/show/boat/010"), mounts)).contains(new Volume(Path.of("/show")));
        assertThat(Volume.of(Path.of("/show/a b/c"), mounts)).contains(new Volume(Path.of("/show/a b")));
        assertThat(Volume.of(Path.of("/show/scratch/x"), mounts)).isEmpty();
        assertThat(Volume.of(Path.of("/home/ann"), mounts)).isEmpty();
        assertThat(Volume.isWell(Path.of(System.getProperty("java.io.tmpdir")))).isTrue();
        assertThat(Volume.isWell(Path.of("/proc"))).isFalse();
    }

    @Test
    void anExitCodeThatMeansAShortLicenceDelaysTheTask() {
        delayed(submit("exit 211", TaskOptions.NONE.withLicenceExits(List.of(210, 211))));
    }

    @Test
    void whatSucceedsIsNotDelayedWhateverItPrints() {
        var id = submit("echo Licensed number of users already reached", TaskOptions.NONE);
        assertThat(worker.ended(id).state()).isEqualTo(TaskState.SUCCESS);
    }

    @Test
    void aSuccessInLessTimeThanItTakesIsAFailure() {
        var end = worker.ended(submit("true", TaskOptions.NONE.withLeast(Duration.ofSeconds(30))));
        assertThat(end.state()).isEqualTo(TaskState.ERROR);
        assertThat(end.reason()).isEqualTo("too_short");
    }

    @Test
    void aJobStartsWhenItsFileIsThere() throws IOException {
        var file = folder.resolve("plate.exr");
        var job = farm.broker
                .submit(TestFarm.job(task("true", TaskOptions.NONE)).withRules(JobRules.NONE.withFiles(List.of(file))))
                .id();
        var looks = new FileLooks(farm.broker);
        look(looks);
        Files.writeString(file, "pixels");
        look(looks);
        look(looks);
        assertThat(worker.ended(job).state()).isEqualTo(TaskState.SUCCESS);
    }

    @Test
    void resultsOfOtherTasksAreArgumentsAndAreWaitedFor() {
        var two = submit("echo 2", TaskOptions.NONE);
        var word = submit("printf 'a \"b\"\\n'", TaskOptions.NONE);
        var group =
                farm.submit(TestFarm.group("map", -1), member("echo 3"), member("echo '[4, 5]'"), member("echo six"));
        var asked = List.of(
                "printf",
                "%s|",
                "{\"$result\": " + two + "}",
                "{\"$result\":" + word + "}",
                "{\"n\": {\"$result\": " + two + "}, \"w\": {\"$result\": " + word + "}}",
                "{\"$results\": " + group + "}");
        var id = farm.submit(
                new NewTask("reduce", new Work.Command(asked), -1, List.of(), Needs.ONE_CPU, 0, TaskOptions.NONE));
        assertThat(farm.farm.upstream(id)).containsExactlyInAnyOrder(two, word, group);
        assertThat(worker.ended(id).state()).isEqualTo(TaskState.SUCCESS);
        assertThat(worker.text(id, Channel.STDOUT))
                .isEqualTo("2|a \"b\"|{\"n\": 2, \"w\": \"a \\\"b\\\"\"}|[3,[4,5],\"six\"]|");
    }

    @Test
    void theValuesOfSecretVariablesAreInNoLog() {
        var secret = TaskOptions.NONE.withEnv(Map.of("API_TOKEN", "swordfish", "A_PASSWORD", "1"));
        var id = submit("echo $API_TOKEN 1; echo openjd_status: with $API_TOKEN; test $API_TOKEN = swordfish", secret);
        var end = worker.ended(id);
        assertThat(end.state()).isEqualTo(TaskState.SUCCESS);
        assertThat(end.status()).isEqualTo("with ********");
        assertThat(worker.text(id, Channel.STDOUT)).startsWith("******** 1\n").doesNotContain("swordfish");
    }

    @Test
    void resultsOfOtherTasksAreLinesOfStandardInput() {
        var group = farm.submit(
                TestFarm.group("map", -1), member("echo 1"), member("echo 4"), member("echo 9"), member("echo 16"));
        var word = submit("printf 'a \"b\"\\nc\\n'", TaskOptions.NONE);
        var options = TaskOptions.NONE.withStdinBytes("0".getBytes(UTF_8)).withResults(List.of(group.value()));
        var sum = submit("while read n; do s=$((s + n)); done; echo $s", options);
        var texts = submit("cat", TaskOptions.NONE.withResults(List.of(word.value(), sum.value())));
        assertThat(farm.farm.upstream(texts)).containsExactly(word, sum);
        assertThat(worker.ended(texts).state()).isEqualTo(TaskState.SUCCESS);
        assertThat(worker.text(sum, Channel.STDOUT)).isEqualTo("30\n");
        assertThat(worker.text(texts, Channel.STDOUT)).isEqualTo("\"a \\\"b\\\"\\nc\"\n30\n");
    }

    /// A look, some time after the last one.
    private void look(FileLooks looks) {
        farm.sql(
                "UPDATE file_wait SET looked_at = looked_at - interval '1 minute', since = since - interval '1 minute'");
        looks.look(farm.broker.classes(0).keySet());
    }

    private void delayed(TaskId id) {
        await("its first attempt ends")
                .atMost(Duration.ofSeconds(60))
                .until(() -> !attempts(id).isEmpty());
        assertThat(attempts(id)).extracting(AttemptView::reason).containsExactly("no_licence");
        assertThat(farm.state(id)).isEqualTo(TaskState.PENDING);
    }

    private List<AttemptView> attempts(TaskId id) {
        return farm.farm.details(id).orElseThrow().attempts();
    }

    private TaskId submit(String script, TaskOptions options) {
        return farm.submit(task(script, options));
    }

    private static NewTask member(String script) {
        return new NewTask(
                "sh", new Work.Command(List.of("sh", "-c", script)), 0, List.of(), Needs.ONE_CPU, 0, TaskOptions.NONE);
    }

    private static NewTask task(String script, TaskOptions options) {
        return new NewTask(
                "sh", new Work.Command(List.of("sh", "-c", script)), -1, List.of(), Needs.ONE_CPU, 0, options);
    }
}
