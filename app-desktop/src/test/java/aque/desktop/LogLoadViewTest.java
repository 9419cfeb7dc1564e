package aque.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import aque.farm.LogBudget;
import aque.farm.LogBudgetStore;
import aque.task.TaskId;
import aque.task.TaskState;
import aque.testing.Repeated;
import aque.testing.TestFarm;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import javafx.scene.control.Button;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// The farm's logs have nearly used up their budget.
class LogLoadViewTest {
    @TempDir
    private Path folder;

    private Console console;

    @BeforeEach
    void open() throws Exception {
        console = new Console(folder.resolve("console.json"));
    }

    @AfterEach
    void close() throws Exception {
        console.close();
    }

    @Repeated
    void whoWritesMostIsNamedWithHoldAndKillBesideHim() throws Exception {
        var much = console.farm.submit(TestFarm.command("chatty", -1));
        var little = console.farm.submit(TestFarm.command("quiet", -1));
        var budget = new LogBudgetStore(console.farm.database);
        budget.add(Map.of(much, 8_000L, little, 500L));
        budget.set(new LogBudget(OptionalLong.of(10_000), 1L << 30), "tester");
        assertThat(budget.load(1).most()).extracting(LogBudgetStore.Writer::job).containsExactly(much);
        console = console.again();
        console.until(() -> console.line(much).isPresent());
        Console.doOnFx(() -> console.window.focus("activity"));
        console.until(
                () -> button("hold", much).isPresent() && button("kill", little).isPresent());

        Console.doOnFx(() -> button("hold", much).orElseThrow().fire());

        Console.patient().until(() -> console.farm.state(much) == TaskState.HELD);
        assertThat(console.farm.state(little)).isEqualTo(TaskState.PENDING);
    }

    private Optional<Button> button(String action, TaskId job) {
        return console.robot.lookup("#log-load-" + action + "-" + job).tryQueryAs(Button.class);
    }
}
