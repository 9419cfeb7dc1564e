package aque.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import aque.broker.Claim;
import aque.testing.Repeated;
import aque.testing.TestFarm;
import java.util.List;
import javafx.scene.control.Labeled;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// What a task uses, in any of its attempts, and how busy the farm is.
class UsageViewTest {
    private Console console;
    private ScriptedWorker worker;
    private Claim claim;

    @BeforeEach
    void open() throws Exception {
        console = new Console();
        console.farm.submit(TestFarm.command("render", -1));
        worker = new ScriptedWorker(console.farm, "node14");
        claim = worker.takeOne();
    }

    @AfterEach
    void close() throws Exception {
        console.close();
    }

    @Repeated
    void theCurvesStayAfterTheEndAndAreThereForEachAttempt() {
        worker.used(claim, 500, 1 << 20);
        worker.used(claim, 1500, 3 << 20);
        console.until(() -> text("#usage-cpu").equals("1.5 now · 1.0 mean"));
        worker.fails(claim, 1);
        console.farm.broker.retry(List.of(claim.task()));
        var again = worker.takeOne();
        worker.used(again, 700, 2 << 20);
        console.until(() -> text("#usage-memory").equals("2 MB now · 2 MB most"));
        assertThat(text("#usage-detail")).isEqualTo("3 threads · 1 MB of memory, what is shared counted once");

        console.robot.clickOn("#usage-attempt");
        console.until(() -> console.inPopup(".menu-item", "try 1").isPresent());
        console.robot.clickOn(console.inPopup(".menu-item", "try 1").orElseThrow());

        console.until(() -> text("#usage-memory").equals("3 MB now · 3 MB most"));
    }

    @Repeated
    void theFarmsLoadIsShown() {
        console.farm.sql("SELECT sample_farm()");
        console.robot.clickOn("Load");

        console.until(() -> text("#load-figures").equals("1 worker · 1 of 4 cores · 1 task runs"));
    }

    private String text(String id) {
        return console.robot
                .lookup(id)
                .tryQuery()
                .map(node -> ((Labeled) node).getText())
                .orElse("");
    }
}
