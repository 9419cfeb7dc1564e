package aque.desktop.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

@Tag("repeat")
class FxBatchViewTest {
    private final List<List<Integer>> turns = new ArrayList<>();
    private final FxBatch<Integer> batch = new FxBatch<>(turns::add);

    @BeforeAll
    static void startToolkit() throws Exception {
        FxToolkit.registerPrimaryStage();
    }

    @Test
    void aStormIsOneTurnInItsOrder() throws InterruptedException {
        var busy = new CountDownLatch(1);
        WaitForAsyncUtils.asyncFx(() -> {
            busy.await();
            return true;
        });

        IntStream.range(0, 1000).forEach(batch::offer);
        busy.countDown();
        WaitForAsyncUtils.waitForFxEvents();

        assertThat(turns).containsExactly(IntStream.range(0, 1000).boxed().toList());
    }

    @Test
    void nothingIsLostBetweenTwoTurns() throws InterruptedException {
        var writers = IntStream.range(0, 4)
                .mapToObj(w ->
                        Thread.ofVirtual().start(() -> IntStream.range(0, 500).forEach(i -> batch.offer(w * 500 + i))))
                .toList();
        for (var writer : writers) {
            writer.join();
        }
        WaitForAsyncUtils.waitForFxEvents();

        assertThat(turns.stream().flatMap(List::stream)).hasSize(2000).doesNotHaveDuplicates();
    }
}
