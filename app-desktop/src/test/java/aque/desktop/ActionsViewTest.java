package aque.desktop;

import static aque.testing.TestFarm.command;
import static aque.testing.TestFarm.group;
import static org.assertj.core.api.Assertions.assertThat;

import aque.broker.Beat;
import aque.desktop.action.TaskAction;
import aque.farm.ActionStore;
import aque.farm.ActionView;
import aque.farm.NoteView;
import aque.submit.NewTask;
import aque.submit.Submission;
import aque.task.TaskId;
import aque.task.TaskState;
import aque.testing.Repeated;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Every action from the window to the tables: what is asked before it, what becomes of it, how it is taken back.
class ActionsViewTest {
    private static final Duration LONG = Duration.ofHours(1);

    private Console console;
    private ActionStore actions;

    @BeforeEach
    void open() throws Exception {
        console = new Console();
        actions = new ActionStore(console.farm.database);
        Console.doOnFx(() -> console.session.actions.grace().set(LONG));
    }

    @AfterEach
    void close() throws Exception {
        console.close();
    }

    @Repeated
    void aKillIsAskedWaitsItsGraceAndIsSaidWhenTheDeathIsConfirmed() {
        var job = console.farm.submit(command("render", -1));
        var worker = new ScriptedWorker(console.farm, "node14");
        var claim = worker.takeOne();
        console.until(() -> console.cell(job, "state").equals("running"));

        console.robot.clickOn(console.line(job).orElseThrow(), MouseButton.SECONDARY);
        console.until(() -> console.inPopup(".menu-item", "Kill").isPresent());
        console.robot.clickOn(console.inPopup(".menu-item", "Kill").orElseThrow());
        console.until(() -> question().equals("Kill render? 1 running · yours"));
        console.robot.push(KeyCode.ENTER);

        console.until(() -> console.cell(job, "state").startsWith("stops in"));
        console.until(() -> bar().startsWith("Killing render"));
        assertThat(console.farm.state(job)).isEqualTo(TaskState.RUNNING);
        console.robot.clickOn(button("Kill now"));
        console.until(() -> console.cell(job, "state").equals("stopping"));
        Console.patient().until(() -> !worker.beat().isEmpty());
        assertThat(bar()).startsWith("Killing render");
        worker.dies(claim);
        console.until(() -> console.cell(job, "state").equals("killed"));
        console.until(() -> bar().equals("Killed render"));
    }

    @Repeated
    void undoInTheBarGivesEverythingItsFormerPlace() throws Exception {
        var job = console.farm.submit(group("boat", -1), command("0101", 0), command("0102", 0));
        run(TaskAction.KILL, job);
        yes();
        console.until(() -> bar().equals("Killing 2 tasks of boat"));
        assertThat(console.farm.acquire(console.farm.worker("node"), 9)).isEmpty();

        console.robot.clickOn(".undo-button");

        console.until(() -> bar().startsWith("Taken back; 2 tasks"));
        assertThat(console.farm.acquire(console.farm.worker("node"), 9)).hasSize(2);
    }

    @Repeated
    void aJobThatWasKilledWholeIsNoError() throws Exception {
        Console.doOnFx(() -> console.session.actions.grace().set(Duration.ZERO));
        var job = console.farm.submit(group("boat", -1), command("sim", 0), command("render", 0, 1));
        run(TaskAction.KILL, job);
        yes();
        console.until(() -> List.of("killed", "cancelled").contains(console.cell(job, "state")));
        console.until(() -> shownLike(console.cell(job, "state") + " · 0 of 2 done"));
    }

    @Repeated
    void aKillThatAnotherConsoleAskedForCanStillBeTakenBackHere() throws Exception {
        var job = console.farm.submit(command("render", -1));
        var earlier =
                new aque.broker.Broker(console.farm.database, aque.event.Hints.direct(console.farm.database), "ann");
        earlier.killAfter(LONG, List.of(job));

        Console.doOnFx(console.session.undo::start);

        console.until(() -> bar().equals("Killing 1 task"));
        console.robot.clickOn(".undo-button");
        console.until(() -> console.cell(job, "state").equals("next"));
    }

    @Repeated
    void theKeyboardTakesHoldAndPriorityBackTheLastFirst() throws Exception {
        var job = console.farm.submit(command("render", -1));
        choose(job);
        Console.doOnFx(console.window.tasks()::focusTree);
        console.robot.push(KeyCode.CLOSE_BRACKET);
        console.until(() -> console.cell(job, "prio").equals("1100"));
        console.robot.push(KeyCode.H);
        console.until(() -> console.cell(job, "state").equals("held"));
        console.until(() -> bar().equals("Held render"));

        console.robot.push(KeyCode.SHORTCUT, KeyCode.Z);
        console.until(() -> console.cell(job, "state").equals("next"));
        console.robot.push(KeyCode.SHORTCUT, KeyCode.Z);
        console.until(() -> console.cell(job, "prio").equals("1000"));
    }

    @Repeated
    void othersWorkAsksForOneLineOfWhy() throws Exception {
        var job = console.farm
                .broker
                .submit(Submission.of("comp", "bo", Path.of("/tmp"), List.<NewTask>of(command("comp", -1))))
                .id();
        run(TaskAction.HOLD, job);
        console.until(() -> question().equals("comp · 1 waiting · of bo"));
        console.robot.push(KeyCode.ENTER);
        assertThat(console.farm.state(job)).isEqualTo(TaskState.PENDING);
        console.robot.clickOn("#ask-why").write("wrong take").push(KeyCode.ENTER);

        console.until(() -> console.cell(job, "state").equals("held"));
        assertThat(actions.latest(1).getFirst())
                .extracting(ActionView::actor, ActionView::why)
                .containsExactly("ann", "wrong take");
    }

    @Repeated
    void escapeIsNo() throws Exception {
        var job = console.farm.submit(command("render", -1));
        run(TaskAction.KILL, job);
        console.until(() -> !question().isEmpty());
        console.robot.push(KeyCode.ESCAPE);
        console.until(() -> question().isEmpty());
        assertThat(console.farm.farm.stopRequests()).isEmpty();
    }

    @Repeated
    void aBlockedTaskNamesItsRootAndRetryingThatRearmsIt() throws Exception {
        var job = failedChain();
        var last = console.farm.named(job, "join");
        unfold(job);
        console.until(() -> console.session
                .model
                .row(last)
                .map(row -> row.view().causeName().equals("beauty 0103"))
                .orElse(false));
        console.until(() -> console.cell(last, "state").equals("blocked"));

        run(TaskAction.RETRY_ROOT, last);

        Console.patient().until(() -> console.farm.state(console.farm.named(job, "0103")) == TaskState.PENDING);
        assertThat(console.farm.state(last)).isEqualTo(TaskState.WAITING);
    }

    @Repeated
    void besideTheReasonStandsWhatMendsIt() throws Exception {
        var job = failedChain();
        unfold(job);
        choose(console.farm.named(job, "join"));
        press("Try it again");
        Console.patient().until(() -> console.farm.state(console.farm.named(job, "0103")) == TaskState.PENDING);

        console.farm.broker.hold(List.of(job));
        choose(console.farm.named(job, "0103"));
        press("Release");
        Console.patient().until(() -> console.farm.state(console.farm.named(job, "0103")) == TaskState.PENDING);
    }

    @Repeated
    void whatIsWaitedForIsGoneToAlsoInAJobThatWasNeverOpened() throws Exception {
        var first = console.farm.submit(group("sim", -1), command("0101", 0));
        var upstream = console.farm.named(first, "0101");
        var waiting = console.farm
                .broker
                .submit(Submission.of("comp", "ann", Path.of("/tmp"), List.<NewTask>of(command("comp", -1)))
                        .withAfter(List.of(upstream)))
                .id();
        choose(waiting);
        press("Go to it");
        console.until(() -> console.isChosen(upstream));
        console.until(() -> console.session.model.open(first).isPresent());
    }

    @Repeated
    void theInspectorLeadsToWhatComesBeforeAndAfter() throws Exception {
        var job = console.farm.submit(
                group("boat", -1),
                group("sim", 0),
                command("water", 1),
                group("beauty", 0, 1),
                command("0101", 3),
                command("movie", 0, 4));
        unfold(job);
        choose(console.farm.named(job, "0101"));
        follow("after", console.farm.named(job, "movie"));

        follow("before", console.farm.named(job, "0101"));

        follow("before", console.farm.named(job, "sim"));

        follow("after", console.farm.named(job, "beauty"));
    }

    private void follow(String side, TaskId task) throws Exception {
        var id = "#inspect-" + side + "-" + task;
        console.until(() -> console.robot.lookup(id).tryQuery().isPresent());
        Console.doOnFx(() -> ((Hyperlink) console.robot.lookup(id).query()).fire());
        console.until(() -> console.isChosen(task));
    }

    @Repeated
    void aLinkThatGoesWithItsReasonLeavesTheKeyboardWithTheJobs() throws Exception {
        var job = failedChain();
        unfold(job);
        choose(console.farm.named(job, "join"));
        console.until(() -> {
            link("Go to it").ifPresent(Node::requestFocus);
            return link("Go to it").filter(Node::isFocused).isPresent();
        });
        Console.doOnFx(() -> console.session.selection.only(job));

        console.until(() -> link("Go to it").isEmpty());
        console.until(() -> console.robot.lookup(".job-tree").query().isFocused());
    }

    /// Not clicked: each look at the task makes its links anew.
    private void press(String title) {
        console.until(() -> {
            var link = link(title);
            link.ifPresent(Hyperlink::fire);
            return link.isPresent();
        });
    }

    private Optional<Hyperlink> link(String title) {
        return console.robot
                .lookup(node -> node instanceof Hyperlink each && each.getText().equals(title))
                .tryQueryAs(Hyperlink.class);
    }

    @Repeated
    void theRootMarkedDoneFreesWhatItBlocks() throws Exception {
        var job = failedChain();
        unfold(job);
        run(TaskAction.MARK_ROOT_DONE, console.farm.named(job, "join"));
        yes();
        Console.patient().until(() -> console.farm.state(console.farm.named(job, "join")) == TaskState.PENDING);
    }

    @Repeated
    void aBlockedTaskMarkedDoneIsDoneByItself() throws Exception {
        var job = failedChain();
        unfold(job);
        run(TaskAction.MARK_DONE, console.farm.named(job, "join"));
        yes();
        Console.patient().until(() -> console.farm.state(console.farm.named(job, "join")) == TaskState.SUCCESS);
        assertThat(console.farm.state(console.farm.named(job, "0103"))).isEqualTo(TaskState.ERROR);
    }

    @Repeated
    void aDroppedDependencyLetsItStart() throws Exception {
        var job = failedChain();
        unfold(job);
        run(TaskAction.DROP_DEPENDENCY, console.farm.named(job, "join"));
        yes();
        Console.patient().until(() -> console.farm.state(console.farm.named(job, "join")) == TaskState.PENDING);
    }

    @Repeated
    void retryAsksWhetherWhatDependsOnItShallRunAgainToo() throws Exception {
        var job = console.farm.submit(group("boat", -1), command("sim", 0), command("render", 0, 1));
        var worker = new ScriptedWorker(console.farm, "node14");
        worker.succeeds(worker.takeOne());
        worker.succeeds(worker.takeOne());
        unfold(job);
        run(TaskAction.RETRY, console.farm.named(job, "sim"));
        console.until(() -> console.robot.lookup("#ask-also").tryQuery().isPresent());
        assertThat(console.robot.lookup("#ask-also").queryAs(CheckBox.class).getText())
                .isEqualTo("also what depends on it (1)");
        console.robot.clickOn("#ask-also").push(KeyCode.ENTER);
        Console.patient().until(() -> console.farm.states(job).equals("sim=pending render=waiting boat=pending"));
    }

    @Repeated
    void retryOfAFailureAsksNothing() throws Exception {
        var job = console.farm.submit(command("render", -1));
        var worker = new ScriptedWorker(console.farm, "node14");
        worker.fails(worker.takeOne(), 1);
        console.until(() -> console.cell(job, "state").equals("exit 1"));
        run(TaskAction.RETRY, job);
        console.until(() -> console.cell(job, "state").equals("next"));
    }

    @Repeated
    void requeueTakesWhatRunsBack() throws Exception {
        var job = console.farm.submit(command("render", -1));
        var worker = new ScriptedWorker(console.farm, "node14");
        worker.takeOne();
        console.until(() -> console.cell(job, "state").equals("running"));
        run(TaskAction.REQUEUE, job);
        yes();
        Console.patient().until(() -> stops(worker).equals(List.of(Beat.Stop.REQUEUE)));
    }

    @Repeated
    void holdAndRequeueTakesItBackAndKeepsIt() throws Exception {
        var job = console.farm.submit(command("render", -1));
        var worker = new ScriptedWorker(console.farm, "node14");
        var claim = worker.takeOne();
        console.until(() -> console.cell(job, "state").equals("running"));
        run(TaskAction.HOLD_REQUEUE, job);
        yes();
        Console.patient().until(() -> !worker.beat().isEmpty());
        worker.dies(claim);
        console.until(() -> console.cell(job, "state").equals("held"));
        run(TaskAction.RELEASE, job);
        console.until(() -> console.cell(job, "state").equals("next"));
    }

    @Repeated
    void cancelLeavesWhatRuns() throws Exception {
        Console.doOnFx(() -> console.session.actions.grace().set(Duration.ZERO));
        var job = console.farm.submit(group("boat", -1), command("0101", 0), command("0102", 0));
        new ScriptedWorker(console.farm, "node14").takeOne();
        unfold(job);
        run(TaskAction.CANCEL, console.farm.named(job, "0102"));
        yes();
        console.until(() -> bar().equals("Cancelled 0102"));
        assertThat(console.farm.states(job)).isEqualTo("0101=running 0102=cancelled boat=running");
    }

    @Repeated
    void aJobThatHasEndedIsRemovedAfterAQuestionAndOneThatLivesIsNot() throws Exception {
        var job = console.farm.submit(group("boat", -1), command("0101", 0));
        choose(job);
        assertThat(Console.onFx(() -> console.session.actions.enabled(TaskAction.REMOVE)))
                .isFalse();
        var worker = new ScriptedWorker(console.farm, "node14");
        worker.succeeds(worker.takeOne());
        run(TaskAction.REMOVE, job);
        console.until(() -> question().equals("Remove boat? 1 ended · yours"));
        yes();
        console.until(() -> console.session.model.job(job).isEmpty());
        assertThat(console.farm.farm.task(job)).isEmpty();
    }

    @Repeated
    void aSignalIsSentOnce() throws Exception {
        var job = console.farm.submit(command("render", -1));
        new ScriptedWorker(console.farm, "node14").takeOne();
        console.until(() -> console.cell(job, "state").equals("running"));
        run(TaskAction.SIGNAL, job);
        console.until(() -> console.robot.lookup("#ask-signal").tryQuery().isPresent());
        yes();
        Console.patient().until(() -> console.farm.count("signal_request WHERE signal = 15") == 1);
    }

    @Repeated
    void aPriorityIsTypedAndWrongOnesAreSaid() throws Exception {
        var job = console.farm.submit(command("render", -1));
        run(TaskAction.PRIORITY, job);
        console.until(() -> console.robot.lookup("#ask-number").tryQuery().isPresent());
        console.robot.push(KeyCode.SHORTCUT, KeyCode.A).write("12x").push(KeyCode.ENTER);
        console.until(() -> notice().equals("Not a number: 12x"));
        run(TaskAction.PRIORITY, job);
        console.until(() -> console.robot.lookup("#ask-number").tryQuery().isPresent());
        console.robot.push(KeyCode.SHORTCUT, KeyCode.A).write("1234").push(KeyCode.ENTER);
        console.until(() -> console.cell(job, "prio").equals("1234"));
    }

    @Repeated
    void requirementsAreChanged() throws Exception {
        var job = console.farm.submit(command("render", -1));
        run(TaskAction.NEEDS, job);
        console.until(() -> console.robot.lookup("#ask-cpus").tryQuery().isPresent());
        console.robot
                .push(KeyCode.SHORTCUT, KeyCode.A)
                .write("2")
                .clickOn("#ask-memory")
                .write("3G")
                .push(KeyCode.ENTER);
        Console.patient()
                .until(() -> aque.farm.Why.describe(
                                console.farm.farm.details(job).orElseThrow().needs())
                        .equals("2 cpu, 3072 MiB"));
    }

    @Repeated
    void aNoteIsThereForAll() throws Exception {
        var job = console.farm.submit(command("render", -1));
        run(TaskAction.NOTE, job);
        console.until(() -> console.robot.lookup("#ask-text").tryQuery().isPresent());
        console.robot.write("kill me").push(KeyCode.ENTER);
        Console.patient()
                .untilAsserted(() -> assertThat(actions.notes(job))
                        .extracting(NoteView::text)
                        .containsExactly("kill me"));
        assertThat(console.farm.state(job)).isEqualTo(TaskState.PENDING);
    }

    @Repeated
    void aNoteThatWasWrittenBeforeIsOfferedAgain() throws Exception {
        var job = console.farm.submit(command("render", -1));
        run(TaskAction.NOTE, job);
        console.until(() -> console.robot.lookup("#ask-text").tryQuery().isPresent());
        console.robot.write("see ticket 12").push(KeyCode.ENTER);
        Console.patient().until(() -> actions.notes(job).size() == 1);

        run(TaskAction.NOTE, job);
        console.until(() -> console.robot.lookup("#ask-text").tryQuery().isPresent());
        console.robot.push(KeyCode.DOWN).push(KeyCode.ENTER);

        Console.patient()
                .untilAsserted(() -> assertThat(actions.notes(job))
                        .extracting(NoteView::text)
                        .containsExactly("see ticket 12", "see ticket 12"));
    }

    @Repeated
    void framesAreChosenByTheirNumbers() throws Exception {
        var job = console.farm.submit(
                group("boat", -1), command("0101", 0), command("0102", 0), command("0103", 0), command("0104", 0));
        run(TaskAction.FRAMES, job);
        console.until(() -> console.robot.lookup("#ask-frames").tryQuery().isPresent());
        console.robot.write("101-103x2, 999").push(KeyCode.ENTER);

        console.until(() -> console.session
                .selection
                .ids()
                .equals(Set.of(console.farm.named(job, "0101"), console.farm.named(job, "0103"))));
        Console.doOnFx(console.window.tasks()::focusTree);
        console.robot.push(KeyCode.H);
        Console.patient()
                .until(() -> console.farm.state(console.farm.named(job, "0103")) == TaskState.HELD
                        && console.farm.state(console.farm.named(job, "0102")) == TaskState.PENDING);
    }

    @Repeated
    void whatIsDoneMostHasAButtonThatIsGreyWhereItDoesNotApply() throws Exception {
        var job = console.farm.submit(command("render", -1));
        choose(job);
        console.until(() -> !console.robot.lookup("#tool-hold").query().isDisabled()
                && console.robot.lookup("#tool-release").query().isDisabled());

        console.robot.clickOn("#tool-hold");

        console.until(() -> console.cell(job, "state").equals("held"));
        console.until(() -> !console.robot.lookup("#tool-release").query().isDisabled());
    }

    /// The feed may fall behind, and come back, between the look and the click.
    @Repeated
    void noButtonMovesWhenTheStateOfTheFeedHasAnotherWord() throws Exception {
        console.until(() -> place("#tool-hold") > 0);
        Console.doOnFx(() -> {
            var before = place("#tool-hold");
            console.robot.lookup("#pill").queryLabeled().setText("a much longer word");
            console.window.getScene().getRoot().applyCss();
            console.window.getScene().getRoot().layout();
            assertThat(place("#tool-hold")).isEqualTo(before);
        });
    }

    private double place(String button) {
        var node = console.robot.lookup(button).query();
        return node.localToScene(node.getBoundsInLocal()).getMinX();
    }

    @Repeated
    void idAndCommandAreCopiedAndTheFolderIsOpened() throws Exception {
        var job = console.farm.submit(command("render", -1));
        run(TaskAction.COPY_ID, job);
        assertThat(clipboard()).isEqualTo(job.toString());
        run(TaskAction.COPY_COMMAND, job);
        console.until(() -> clipboard().equals("cd /tmp && A=1 true"));
        var folder = new AtomicReference<>("");
        Console.doOnFx(() -> console.session.actions.onOpenFolder(folder::set));
        run(TaskAction.OPEN_FOLDER, job);
        Console.patient().until(() -> "/tmp".equals(folder.get()));
    }

    @Repeated
    void theGraceIsASettingAndZeroKillsAtOnce() throws Exception {
        Console.doOnFx(() -> console.session.actions.grace().set(Duration.ZERO));
        var job = console.farm.submit(command("render", -1));
        run(TaskAction.KILL, job);
        yes();
        console.until(() -> console.cell(job, "state").equals("cancelled"));
        console.until(() -> bar().equals("Killed render"));
    }

    @Repeated
    void theActivityTellsWhoDidWhatAndTheOwnerReadsIt() throws Exception {
        var job = console.farm.submit(command("render", -1));
        console.until(() -> console.session.activity.latest().get().stream()
                .anyMatch(action -> action.verb().equals("submit")));
        new aque.broker.Broker(console.farm.database, aque.event.Hints.direct(console.farm.database), "bo")
                .because("wrong camera")
                .hold(List.of(job));

        console.until(() -> notice().equals("bo: hold · render · “wrong camera”"));
        assertThat(console.session.activity.latest().get().getFirst().what()).isEqualTo("render");
        Console.doOnFx(() -> console.window.focus("activity"));
        console.until(() -> activities().size() == 2);
        console.robot.clickOn("#activity-filter").write("bo camera -submit");
        console.until(() -> activities().equals(List.of("hold")));
    }

    private List<String> activities() {
        return ((TableView<?>) console.robot.lookup("#activity").query())
                .getItems().stream()
                        .map(item -> ((aque.farm.ActionView) item).verb())
                        .toList();
    }

    @Repeated
    void theInspectorShowsNotesAndWhatWasDone() throws Exception {
        var job = console.farm.submit(command("render", -1));
        console.farm.broker.note("hair is wrong", List.of(job));
        choose(job);
        console.until(() -> shownLike("hair is wrong"));
        console.farm.broker.priority(1500, List.of(job));
        console.until(() -> shownLike("priority 1500 (1 task)"));
    }

    private boolean shownLike(String text) {
        return console.robot
                .lookup(node -> node instanceof Label label
                        && label.isVisible()
                        && label.getText() != null
                        && label.getText().contains(text))
                .tryQuery()
                .isPresent();
    }

    @Repeated
    void aCommandOfOnesOwnRunsForWhatIsChosenAndIsThereAgain(@TempDir Path folder) throws Exception {
        var job = console.farm.submit(command("it's $HOME", -1));
        choose(job);
        does("task.own");
        console.until(() -> console.robot.lookup("#ask-title").tryQuery().isPresent());
        console.robot.write("Mark");
        Console.doOnFx(() -> console.robot
                .lookup("#ask-line")
                .queryAs(TextField.class)
                .setText("touch '" + folder + "/{name} {id}'"));
        console.robot.push(KeyCode.ENTER);
        console.until(() -> notice().equals("“Mark” is in the menus now"));

        console = console.again();
        choose(job);
        Console.doOnFx(() -> console.session.menu.items().getLast().fire());

        Console.patient().until(() -> Files.exists(folder.resolve("it's $HOME " + job)));
        does("task.own_forget");
        console.until(() -> console.robot.lookup("#ask-yes").tryQuery().isPresent());
        yes();
        console.until(() -> console.session.keys.commands().stream()
                .noneMatch(command -> command.title().equals("Mark")));
    }

    private void does(String id) throws Exception {
        Console.doOnFx(() -> console.session.keys.commands().stream()
                .filter(command -> command.id().equals(id))
                .forEach(command -> command.run().run()));
    }

    @Repeated
    void aJobIsResubmittedFromTheFormWithItsValues(@TempDir Path folder) throws Exception {
        var template = Files.writeString(folder.resolve("turntable.yaml"), """
                specificationVersion: jobtemplate-2023-09
                name: turntable
                parameterDefinitions:
                  - { name: Last, type: INT, default: 3 }
                steps:
                  - name: render
                    parameterSpace:
                      taskParameterDefinitions:
                        - { name: Frame, type: INT, range: "1-{{Param.Last}}" }
                    script: { actions: { onRun: { command: "true" } } }
                """);
        Console.doOnFx(() -> console.window.drop().dropped(List.of(template)));
        console.until(() -> console.robot.lookup("#parameter-Last").tryQuery().isPresent());
        console.robot
                .clickOn("#parameter-Last")
                .push(KeyCode.SHORTCUT, KeyCode.A)
                .write("4")
                .clickOn("#submit-now");
        Console.patient().until(() -> console.farm.farm.jobs().size() == 1);
        console.until(() -> console.robot.lookup("#submit-dialog").tryQuery().isEmpty());

        run(TaskAction.RESUBMIT, console.farm.farm.jobs().getFirst().root().id());
        console.until(() -> console.robot.lookup("#parameter-Last").tryQuery().isPresent());
        assertThat(console.robot
                        .lookup("#parameter-Last")
                        .queryTextInputControl()
                        .getText())
                .isEqualTo("4");
        console.robot
                .clickOn("#parameter-Last")
                .push(KeyCode.SHORTCUT, KeyCode.A)
                .write("6")
                .clickOn("#submit-now");

        Console.patient().until(() -> console.farm.farm.jobs().size() == 2);
        assertThat(console.farm.farm.jobs().getFirst().total()).isEqualTo(6);
    }

    @Repeated
    void aJobThatWasMadeOfNoFileIsResubmittedAsItStands() throws Exception {
        var job = console.farm.submit(
                group("boat", -1), command("sim", 0), group("frames", 0, 1), command("1", 2), command("2", 2, 3));
        run(TaskAction.RESUBMIT, job);
        console.until(() -> console.robot
                .lookup("#submit-now")
                .tryQuery()
                .filter(b -> !b.isDisabled())
                .isPresent());
        console.robot.clickOn("#submit-now");
        Console.patient().until(() -> console.farm.farm.jobs().size() == 2);
        var again = console.farm.farm.jobs().getFirst().root();
        assertThat(again.owner()).isEqualTo("ann");
        assertThat(console.farm.states(again.id())).isEqualTo(console.farm.states(job));
        assertThat(console.farm.farm.edges(again.id())).hasSameSizeAs(console.farm.farm.edges(job));
    }

    /// beauty 0103 has failed, join waits for it.
    private TaskId failedChain() {
        var job = console.farm.submit(
                group("boat", -1),
                group("beauty", 0),
                command("0103", 1),
                command("join", 0, 2),
                command("upload", 0, 3));
        var worker = new ScriptedWorker(console.farm, "node14");
        worker.fails(worker.takeOne(), 1);
        return job;
    }

    private void unfold(TaskId job) throws Exception {
        console.until(() -> console.line(job).isPresent());
        Console.doOnFx(() -> console.window.tasks().unfold(job));
        console.until(() -> console.session.model.open(job).isPresent());
    }

    private void choose(TaskId task) throws Exception {
        console.until(() -> console.session.model.row(task).isPresent());
        Console.doOnFx(() -> console.session.selection.only(task));
    }

    private void run(TaskAction action, TaskId task) throws Exception {
        choose(task);
        console.until(() -> console.session.actions.enabled(action));
        Console.doOnFx(() -> console.session.actions.run(action));
    }

    private void yes() {
        console.until(() -> !question().isEmpty());
        console.robot.clickOn("#ask-yes");
    }

    private List<Beat.Stop> stops(ScriptedWorker worker) {
        return List.copyOf(worker.answer().stops().values());
    }

    private String question() {
        return console.robot
                .lookup("#ask-sentence")
                .tryQueryAs(Label.class)
                .map(Label::getText)
                .orElse("");
    }

    private String bar() {
        return console.robot.lookup("#undo").query().lookupAll(".notice").stream()
                .map(Node::getAccessibleText)
                .reduce((first, last) -> last)
                .orElse("");
    }

    private String notice() {
        return console.robot
                .lookup("#notice")
                .tryQuery()
                .filter(Node::isVisible)
                .map(Node::getAccessibleText)
                .orElse("");
    }

    private Node button(String text) {
        return console.robot
                .lookup(node -> node instanceof Button b && text.equals(b.getText()) && b.isVisible())
                .query();
    }

    private static String clipboard() throws Exception {
        return Console.onFx(() -> {
            var text = Clipboard.getSystemClipboard().getString();
            return text == null ? "" : text;
        });
    }
}
