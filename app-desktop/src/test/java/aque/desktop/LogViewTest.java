package aque.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import aque.broker.Claim;
import aque.log.Channel;
import aque.task.TaskId;
import aque.testing.Repeated;
import aque.testing.TestFarm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// The log as people use it: far longer than what is in memory, searched, selected, of any attempt.
class LogViewTest {
    private Console console;
    private ScriptedWorker worker;
    private TaskId job;
    private Claim claim;

    @BeforeEach
    void open() throws Exception {
        console = new Console();
        job = console.farm.submit(TestFarm.command("render", -1));
        worker = new ScriptedWorker(console.farm, "node14");
        claim = worker.takeOne();
    }

    @AfterEach
    void close() throws Exception {
        console.close();
    }

    @Repeated
    void aLongLogIsShownFromItsEndAndScrolledToItsStart() {
        writeLong();
        console.until(() -> shows("line 99999"));

        console.robot.clickOn("#log-lines").push(KeyCode.HOME);

        console.until(() -> console.logLines().getFirst().equals("line 0"));
        console.robot.push(KeyCode.PAGE_DOWN);
        console.until(() -> !shows("line 0"));
        console.robot.push(KeyCode.END);
        console.until(() -> shows("line 99999"));
    }

    @Repeated
    void aSearchGoesToItsHitsWhereverTheyAre() {
        writeLong();
        console.until(() -> shows("line 99999"));

        console.robot.clickOn("#log-search").write("line 1?777$").push(KeyCode.ENTER);

        console.until(() -> shows("line 777"));
        console.until(() -> found().equals("1 of 2"));
        console.robot.push(KeyCode.ENTER);
        console.until(() -> shows("line 1777"));
        console.until(() -> found().equals("2 of 2"));
        assertThat(console.session.log.following().get()).isFalse();
    }

    @Repeated
    void aSearchThroughTheJobLeadsToTheTask() {
        var many = console.farm.submit(
                TestFarm.group("boat", -1), TestFarm.command("0101", 0), TestFarm.command("0102", 0));
        var claims = worker.take(2);
        claims.forEach(c -> worker.writes(c, Channel.STDERR, "missing texture of " + c.name() + "\nrest\n"));
        console.until(() -> console.line(many).isPresent());
        console.robot.clickOn(console.line(many).orElseThrow());
        console.until(() -> console.session.model.open(many).isPresent());

        console.robot.clickOn("#log-search").write("texture of 0102");
        console.robot.clickOn("#log-search-job");
        console.until(() -> hit("0102: missing texture of 0102").isPresent());
        console.robot.clickOn(hit("0102: missing texture of 0102").orElseThrow());

        console.until(() -> console.isChosen(console.farm.named(many, "0102")));
        console.until(() -> shows("missing texture of 0102"));
    }

    @Repeated
    void anotherTaskIsShownFromItsEndThoughTheOneBeforeWasReadElsewhere() {
        writeLong();
        console.until(() -> shows("line 99999"));
        console.robot.clickOn("#log-lines").push(KeyCode.HOME);
        console.until(() -> shows("line 0"));
        var other = console.farm.submit(TestFarm.command("other", -1));
        worker.writes(worker.takeOne(), Channel.STDOUT, lines(2_000));
        console.until(() -> console.line(other).isPresent());

        console.robot.clickOn(console.line(other).orElseThrow());

        console.until(() -> shows("line 1999"));
    }

    @Repeated
    void theFirstErrorIsFoundByOneKey() {
        worker.writes(claim, Channel.STDOUT, lines(5_000));
        worker.writes(claim, Channel.STDERR, "RuntimeError: out of memory\n");
        worker.writes(claim, Channel.STDOUT, lines(5_000));
        console.until(() -> shows("line 4999"));

        console.robot.clickOn("#log-lines").push(KeyCode.SHIFT, KeyCode.E);

        console.until(() -> shows("RuntimeError: out of memory"));
    }

    @Repeated
    void anEarlierAttemptIsChosen() {
        worker.writes(claim, Channel.STDOUT, "first attempt\n");
        worker.fails(claim, 3);
        console.farm.broker.retry(java.util.List.of(job));
        var again = worker.takeOne();
        worker.writes(again, Channel.STDOUT, "second attempt\n");
        console.until(() -> shows("second attempt"));

        console.robot.clickOn("#log-attempt");
        console.until(() -> console.inPopup(".menu-item", "try 1 · error on node14 after 0:00")
                .isPresent());
        console.robot.clickOn(console.inPopup(".menu-item", "try 1 · error on node14 after 0:00")
                .orElseThrow());

        console.until(() -> shows("first attempt") && !shows("second attempt"));
    }

    @Repeated
    void twoAttemptsAreComparedSideBySide() {
        worker.writes(claim, Channel.STDOUT, "Fra:101 Mem:812M\nError: no file\n");
        worker.fails(claim, 3);
        console.farm.broker.retry(java.util.List.of(job));
        var again = worker.takeOne();
        worker.writes(again, Channel.STDOUT, "Fra:101 Mem:99M\nSaved: 0101.exr\n");
        console.until(() -> shows("Saved: 0101.exr"));

        console.robot.clickOn("#log-compare");

        console.until(() -> text("#log-compare-found").equals("1 place differs"));
        console.until(() -> console.robot.lookup("#log-compare-view .list-cell").queryAll().stream()
                .anyMatch(cell -> "Error: no file | Saved: 0101.exr".equals(cell.getAccessibleText())));
    }

    @Repeated
    void selectedTextIsCopied() throws Exception {
        worker.writes(claim, Channel.STDOUT, "wrote /show/boat/0101.exr in 3 s\n");
        console.until(() -> shows("wrote /show/boat/0101.exr in 3 s"));
        var pane = console.robot.lookup("#log-lines").query();
        var at = Console.onFx(() -> pane.localToScreen(new Point2D(170, 9)));

        console.robot.doubleClickOn(at).push(KeyCode.SHORTCUT, KeyCode.C);

        assertThat(Console.onFx(() -> Clipboard.getSystemClipboard().getString()))
                .isEqualTo("/show/boat/0101.exr");
    }

    @Repeated
    void theWholeLogIsSavedByteForByte(@TempDir Path folder) throws Exception {
        writeLong();
        console.until(() -> shows("line 99999"));
        var file = folder.resolve("render.log");

        Console.doOnFx(() -> console.session.log.save(file));

        console.until(() -> found().startsWith("Saved"));
        assertThat(Files.readString(file)).isEqualTo(lines(100_000));
    }

    @Repeated
    void progressAndStatusStandApart() {
        worker.writes(claim, Channel.STDOUT, "openjd_progress: 43\nopenjd_status: sample 55\nplain\n");
        worker.progresses(claim, 43, "sample 55 of 128");
        worker.beat();

        console.until(() -> shows("plain") && text("#log-progress").equals("43 % · sample 55 of 128"));
        assertThat(console.logLines()).containsExactly("plain");
        console.robot.clickOn("#channel-progress");
        console.until(() -> shows("openjd_progress: 43"));
    }

    @Repeated
    void longLinesAreWrappedOrNot() {
        worker.writes(claim, Channel.STDOUT, "x".repeat(4000) + "\n" + lines(60) + "last\n");
        console.until(() -> shows("last"));
        int wrapped = console.logLines().size();
        console.robot.clickOn("#log-lines").push(KeyCode.HOME);
        console.until(() -> console.logLines().getFirst().startsWith("xxx"));
        int shorter = console.logLines().size();
        assertThat(shorter).isLessThan(wrapped);

        console.robot.clickOn("#log-wrap");

        console.until(() -> console.logLines().size() > shorter);
    }

    private void writeLong() {
        var all = lines(100_000);
        for (int at = 0; at < all.length(); at += 100_000) {
            worker.writes(claim, Channel.STDOUT, all.substring(at, Math.min(all.length(), at + 100_000)));
        }
        worker.succeeds(claim);
    }

    private static String lines(int many) {
        return IntStream.range(0, many).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
    }

    private Optional<Node> hit(String text) {
        return console.robot.lookup("#log-hits .list-cell").queryAll().stream()
                .filter(cell -> text.equals(cell.getAccessibleText()))
                .findFirst();
    }

    private boolean shows(String line) {
        return console.logLines().contains(line);
    }

    private String found() {
        return text("#log-found");
    }

    private String text(String id) {
        return console.robot
                .lookup(id)
                .tryQuery()
                .map(node -> ((Labeled) node).getText())
                .orElse("");
    }
}
