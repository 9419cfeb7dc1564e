package aque.worker;

import static org.assertj.core.api.Assertions.assertThat;

import aque.broker.Claim;
import aque.broker.Outcome;
import aque.task.TaskState;
import aque.testing.TestFarm;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class CompleterTest {
    @Test
    void anEndAfterWhichSomethingFailsHoldsUpNoOther() throws InterruptedException {
        try (var farm = new TestFarm();
                var completer = new Completer(farm.broker)) {
            var worker = farm.worker("node1");
            farm.submit(TestFarm.command("a", -1));
            farm.submit(TestFarm.command("b", -1));
            var claims = farm.acquire(worker, 2);
            var told = new CountDownLatch(1);

            completer.report(worker, end(claims.getFirst()), () -> {
                throw new IllegalStateException("the volume's server is gone");
            });
            completer.report(worker, end(claims.getLast()), told::countDown);

            assertThat(told.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(claims).allSatisfy(c -> assertThat(farm.state(c.task())).isEqualTo(TaskState.ERROR));
        }
    }

    private static Outcome end(Claim claim) {
        return Outcome.error(claim.task(), claim.attempt(), "exit");
    }
}
