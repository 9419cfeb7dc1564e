package aque.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import aque.desktop.query.Query;
import aque.desktop.tasks.Grouping;
import aque.desktop.tasks.JobView;
import aque.task.TaskId;
import aque.testing.Repeated;
import aque.testing.TestFarm;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// The tree: searches, views, columns, groups, and rows that stay where somebody aims at them.
class WorkViewTest {
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
    void aSearchIsSavedAsAViewWithALiveCountAndIsThereAgain() throws Exception {
        var held = console.farm.submit(TestFarm.command("boat", -1));
        console.farm.submit(TestFarm.command("other", -1));
        console.until(() -> shown().size() == 2);
        console.robot.clickOn("#search").write("boat");
        console.until(() -> shown().equals(List.of(held)));

        console.robot.clickOn("#save-search").write("My boats").push(KeyCode.ENTER);

        console.until(() -> console.robot.lookup("#view-my-boats").tryQuery().isPresent());
        console.until(() -> count("My boats") == 1);
        console.farm.submit(TestFarm.command("boat again", -1));
        console.until(() -> count("My boats") == 2);
        console.settings.close();
        console.close();
        console = new Console(folder.resolve("console.json"));
        assertThat(console.robot.lookup("#view-my-boats").tryQuery()).isPresent();
    }

    @Repeated
    void aBrokenSearchSaysWhatIsWrongAndFindsWhatItCan() {
        var boat = console.farm.submit(TestFarm.command("boat", -1));
        console.farm.submit(TestFarm.command("other", -1));

        console.robot.clickOn("#search").write("boat colour:red");

        console.until(() -> shown().equals(List.of(boat)));
        console.until(() -> console.robot
                .lookup("#search-problem")
                .tryQueryAs(Label.class)
                .filter(said -> said.getText().startsWith("There is no field “colour”"))
                .isPresent());
    }

    @Repeated
    void tasksThatABadWorkerRanAreFoundAcrossJobsAndSelectedAtOnce() throws Exception {
        var job = console.farm.submit(
                TestFarm.group("boat", -1), TestFarm.command("0101", 0), TestFarm.command("0102", 0));
        var other = console.farm.submit(TestFarm.group("crowd", -1), TestFarm.command("0201", 0));
        var bad = new ScriptedWorker(console.farm, "node14");
        bad.take(2).forEach(bad::succeeds);
        var good = new ScriptedWorker(console.farm, "node03");
        good.take(1).forEach(good::succeeds);
        console.until(() -> console.session.model.job(other).isPresent());

        Console.doOnFx(() -> console.session.tasks.query().set(Query.of("worker:node14 state:success ended<1h")));

        var first = console.farm.named(job, "0101");
        console.until(() -> console.line(first).isPresent()
                && console.line(console.farm.named(job, "0102")).isPresent());
        assertThat(console.line(other)).isEmpty();
        Console.doOnFx(() -> console.session.tasks.query().set(Query.of("worker:node14 tasks>1 -0102")));
        console.until(
                () -> console.session.tasks.found().getOrDefault(job, List.of()).size() == 1);
        Console.doOnFx(() -> console.session.tasks.query().set(Query.of("worker:node14 tasks>2")));
        console.until(() -> console.session.tasks.found().isEmpty());
        Console.doOnFx(() -> console.session.tasks.query().set(Query.of("-worker:node14 state:success")));
        console.until(() -> console.session.tasks.found().keySet().equals(java.util.Set.of(other)));
        Console.doOnFx(() -> console.session.tasks.query().set(Query.of("worker:node14")));
        console.until(() -> console.line(first).isPresent());
        console.robot.clickOn(console.line(first).orElseThrow()).push(KeyCode.SHORTCUT, KeyCode.A);
        console.until(() -> console.session.selection.ids().size() == 3);
        console.until(() -> console.robot.lookup("#selection-summary").query().isVisible());
    }

    @Repeated
    void noRowMovesUnderAPressedShift() {
        var first = console.farm.submit(TestFarm.command("first", -1));
        console.until(() -> console.line(first).isPresent());
        console.robot.clickOn(console.line(first).orElseThrow()).press(KeyCode.SHIFT);
        double before = console.line(first).orElseThrow().localToScene(0, 0).getY();

        var late = console.farm.submit(TestFarm.command("late", -1));
        console.until(() -> console.session.model.job(late).isPresent());
        assertThat(console.line(late)).isEmpty();
        assertThat(console.line(first).orElseThrow().localToScene(0, 0).getY()).isEqualTo(before);
        console.robot.release(KeyCode.SHIFT);

        console.until(() -> console.line(late).isPresent());
        assertThat(console.isChosen(first)).isTrue();
    }

    @Repeated
    void columnsSortAndGroupAreThereAgain() throws Exception {
        console.farm.submit(TestFarm.command("render", -1));
        console.until(() -> shown().size() == 1);
        Console.doOnFx(() -> {
            console.column("age").setVisible(true);
            console.column("note").setVisible(false);
            console.sortBy("prio");
            command("window.density");
            console.session.tasks.grouping().set(Grouping.OWNER);
        });
        console.until(() -> console.robot.lookup(".job-row").queryAll().stream()
                .anyMatch(row -> row.getPseudoClassStates().toString().contains("heading")));
        console.close();

        console = new Console(folder.resolve("console.json"));

        assertThat(console.column("age").isVisible()).isTrue();
        assertThat(console.column("note").isVisible()).isFalse();
        assertThat(console.session.tasks.grouping().get()).isEqualTo(Grouping.OWNER);
        assertThat(console.column("prio").getTableView().getSortOrder()).hasSize(1);
        assertThat(console.column("prio").getTableView().getFixedCellSize())
                .as("lines that were put wider apart")
                .isEqualTo(36);
    }

    @Repeated
    void aColumnSaysAboutHowLongAJobStillRuns() throws Exception {
        var job = console.farm.submit(
                TestFarm.group("boat", -1), TestFarm.command("0101", 0), TestFarm.command("0102", 0));
        Console.doOnFx(() -> {
            // What is beyond the right edge has no cells.
            Stream.of("tasks", "state", "prio", "time", "owner", "on", "note")
                    .forEach(key -> console.column(key).setVisible(false));
            console.column("remains").setVisible(true);
        });
        console.until(() -> console.cell(job, "remains").equals("—"));
        var worker = new ScriptedWorker(console.farm, "node14");

        worker.succeeds(worker.take(2).getFirst());

        console.until(() -> console.cell(job, "remains").matches("~0:0[0-9]"));
    }

    @Repeated
    void aViewThatIsRemovedIsGoneAndAllIsShown() throws Exception {
        var own = Console.onFx(() -> console.session.tasks.views().add("late", Query.of("age>1h")));
        Console.doOnFx(() -> console.session.tasks.view().set(own));

        Console.doOnFx(() -> console.session.tasks.views().remove(own));

        assertThat(console.session.tasks.view().get()).isEqualTo(JobView.usual().getFirst());
        assertThat(console.robot.lookup("#view-late").tryQuery()).isEmpty();
    }

    private void command(String id) {
        console.session.keys.commands().stream()
                .filter(command -> command.id().equals(id))
                .forEach(command -> command.run().run());
    }

    private List<TaskId> shown() {
        return console.session.tasks.shownIds();
    }

    private int count(String title) {
        return console.session.tasks.counts().get().entrySet().stream()
                .filter(each -> each.getKey().title().equals(title))
                .mapToInt(java.util.Map.Entry::getValue)
                .findFirst()
                .orElse(-1);
    }
}
