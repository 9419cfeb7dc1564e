package aque.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import aque.broker.WorkerSession;
import aque.event.FarmEvent;
import aque.task.TaskState;
import aque.testing.Repeated;
import aque.testing.TestFarm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// A farm for Java programs. Waits longer than it looks by itself would only hide what is not told.
final class ClientTest {
    private static final long SOON_S = 15;

    private TestFarm farm;
    private Client client;
    private WorkerSession worker;

    @BeforeEach
    void open() {
        farm = new TestFarm();
        client = Client.open(farm.address, "ann");
        worker = farm.worker("node");
    }

    @AfterEach
    void close() {
        client.close();
        farm.close();
    }

    private Handle submit() {
        return client.submit(TestFarm.job(TestFarm.command("a", -1)));
    }

    private static TaskState end(CompletableFuture<aque.task.TaskView> future) throws Exception {
        return future.get(SOON_S, TimeUnit.SECONDS).state();
    }

    @Repeated
    void aHandleCompletesOnEveryKindOfEnd() throws Exception {
        var good = submit();
        var bad = submit();
        var blocked = client.submit(
                TestFarm.job(TestFarm.group("g", -1), TestFarm.command("b", 0)).withAfter(List.of(bad.id())));
        var killed = submit();
        var cancelled = submit();
        var removed = submit();
        cancelled.cancel();
        for (var claim : farm.acquire(worker, 4)) {
            if (claim.task().equals(good.id())) {
                farm.succeed(worker, claim);
            } else if (claim.task().equals(bad.id())) {
                farm.fail(worker, claim);
            } else if (claim.task().equals(killed.id())) {
                killed.kill();
                farm.fail(worker, claim);
            }
        }
        assertThat(end(good.ended())).isEqualTo(TaskState.SUCCESS);
        assertThat(end(bad.ended())).isEqualTo(TaskState.ERROR);
        assertThat(end(blocked.ended())).isEqualTo(TaskState.ERROR);
        assertThat(end(killed.ended())).isEqualTo(TaskState.KILLED);
        assertThat(end(cancelled.ended())).isEqualTo(TaskState.CANCELLED);
        var late = client.handle(good.id());
        assertThat(late).isNotSameAs(good);
        assertThat(end(late.ended())).isEqualTo(TaskState.SUCCESS);
        assertThat(client.handle(removed.id())).isSameAs(removed);
        client.close();
        assertThatThrownBy(() -> end(removed.ended()))
                .isInstanceOfAny(CancellationException.class, ExecutionException.class);
        assertThatThrownBy(() -> Client.open(farm.address, "ann").handle(new aque.task.TaskId(99_999)))
                .isInstanceOf(NoSuchElementException.class);
    }

    @Repeated
    void aHandlerThatFailsOrSleepsKeepsNoOtherFromAnything() throws Exception {
        var heard = Collections.synchronizedList(new ArrayList<FarmEvent.JobSubmitted>());
        var asleep = new CountDownLatch(1);
        client.on(FarmEvent.class, e -> {
            throw new IllegalStateException("this one fails");
        });
        client.on(FarmEvent.class, e -> {
            try {
                asleep.await();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        });
        var subscription = client.on(FarmEvent.JobSubmitted.class, heard::add);
        var first = submit();
        await().atMost(Duration.ofSeconds(SOON_S)).until(() -> heard.size() == 1);
        assertThat(heard).containsExactly(new FarmEvent.JobSubmitted(first.id()));
        subscription.close();
        var rest = Collections.synchronizedList(new ArrayList<FarmEvent.JobSubmitted>());
        client.on(FarmEvent.JobSubmitted.class, rest::add);
        submit();
        await().atMost(Duration.ofSeconds(SOON_S)).until(() -> rest.size() == 1);
        assertThat(heard).hasSize(1);
        asleep.countDown();
    }

    /// Nobody may hear anything here through the database, and what is heard through it is not heard twice.
    @Repeated
    void itsOwnChangesAreHeardAtOnceAndOnceThoughNoNotificationComes() throws Exception {
        var heard = Collections.synchronizedList(new ArrayList<FarmEvent.JobSubmitted>());
        client.on(FarmEvent.JobSubmitted.class, heard::add);
        submit();
        await().atMost(Duration.ofSeconds(SOON_S)).until(() -> heard.size() == 1);
        farm.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
                + " AND application_name LIKE 'aque-listen%'");
        for (var i = 0; i < 5; i++) {
            submit();
        }
        await().atMost(Duration.ofSeconds(SOON_S)).until(() -> heard.size() == 6);
        assertThat(heard).doesNotHaveDuplicates();
    }
}
