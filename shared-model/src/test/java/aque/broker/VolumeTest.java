package aque.broker;

import static org.assertj.core.api.Assertions.assertThat;

import aque.farm.Why;
import aque.submit.Submission;
import aque.task.TaskId;
import aque.task.TaskState;
import aque.testing.TestFarm;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A disk that is full, stale or away.
final class VolumeTest {
    private static TaskId submit(TestFarm farm, String cwd) {
        return farm.broker
                .submit(Submission.of("job", "ann", Path.of(cwd), List.of(TestFarm.command("a", -1))))
                .id();
    }

    @Test
    void whatWorksThereWaitsUntilAWorkerCouldWriteThereAndNothingElseDoes() {
        try (var farm = new TestFarm()) {
            var worker = farm.worker("node");
            var ill = submit(farm, "/show/boat");
            var other = submit(farm, "/show2/boat");
            var claim = farm.acquire(worker, 1).getFirst();
            farm.broker.complete(worker, List.of(Outcome.givenBack(ill, claim.attempt(), "no_volume")));
            assertThat(farm.broker.volumeAway(worker, Path.of("/show"), "No space left on device"))
                    .containsExactly(ill);
            assertThat(farm.broker.volumeAway(worker, Path.of("/show"), "No space left on device"))
                    .isEmpty();
            assertThat(farm.state(ill)).isEqualTo(TaskState.WAITING);
            assertThat(new Why(farm.database).reasons(farm.farm.task(ill).orElseThrow()))
                    .contains("its volume /show is full, stale or away: waits until a worker could write there");
            assertThat(farm.acquire(worker, 9)).extracting(Claim::task).containsExactly(other);
            farm.sql("SELECT files_seen(ARRAY['/show/.'], ARRAY['well'], '0 s')");
            farm.sql("SELECT files_seen(ARRAY['/show/.'], ARRAY['well'], '0 s')");
            assertThat(farm.state(ill)).isEqualTo(TaskState.PENDING);
            assertThat(farm.farm.task(ill).orElseThrow().attempt()).isEqualTo(1);
        }
    }

    @Test
    void aJobGoesToMachinesThatSeeItsFolderAndWaitsForItWhereNoneDoes() {
        try (var farm = new TestFarm()) {
            var blind = farm.worker("blind");
            var seeing = farm.worker("seeing");
            var folder = Path.of("/mnt/boat");
            var all = List.of(TestFarm.group("job", -1), TestFarm.command("a", 0), TestFarm.command("b", 0));
            var job =
                    farm.broker.submit(Submission.of("job", "ann", folder, all)).id();
            var first = farm.named(job, "a");
            giveBack(farm, blind, folder);
            assertThat(farm.acquire(blind, 9)).isEmpty();
            assertThat(why(farm, farm.named(job, "b")))
                    .contains("its folder is not there on blind: goes to another host");
            assertThat(farm.acquire(seeing, 9)).extracting(Claim::name).containsExactly("b");
            farm.sql("UPDATE ready SET not_before = '-infinity'");
            giveBack(farm, seeing, folder);
            assertThat(why(farm, first)).contains("no worker sees its folder /mnt/boat: waits until one does");
            farm.sql("SELECT files_seen(ARRAY['/mnt/boat'], ARRAY['a folder'], '0 s')");
            farm.sql("SELECT files_seen(ARRAY['/mnt/boat'], ARRAY['a folder'], '0 s')");
            assertThat(why(farm, first)).contains("its folder was not there, it is tried again at");
            assertThat(farm.farm.details(first).orElseThrow().task().reason()).isEmpty();
        }
    }

    private static void giveBack(TestFarm farm, WorkerSession worker, Path folder) {
        var claim = farm.acquire(worker, 1).getFirst();
        farm.broker.complete(worker, List.of(Outcome.givenBack(claim.task(), claim.attempt(), "no_folder")));
        farm.broker.folderAway(worker, claim.task(), folder);
    }

    private static String why(TestFarm farm, TaskId task) {
        return String.join(
                "; ", new Why(farm.database).reasons(farm.farm.task(task).orElseThrow()));
    }
}
