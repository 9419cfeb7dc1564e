package aque.process;

import static aque.process.Commands.ENVIRONMENT;
import static aque.process.Commands.NOWHERE;
import static aque.process.Commands.alive;
import static aque.process.Commands.launch;
import static aque.process.Commands.marked;
import static aque.process.Commands.shell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import aque.posix.Signal;
import aque.task.TaskId;
import aque.testing.Repeated;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class ProcessesTest {
    private static Processes processes;

    private final Captured output = new Captured();

    @BeforeAll
    static void startKeeper() throws IOException {
        processes = Processes.start("worker one");
    }

    @AfterAll
    static void close() {
        processes.close();
    }

    @Repeated
    void bothStreamsArriveBeforeTheExitIsTold() throws Exception {
        Exit exit = run(shell(output, "echo to stdout; echo to stderr >&2; exit 3"));

        assertThat(output.stdout()).isEqualTo("to stdout\n");
        assertThat(output.stderr()).isEqualTo("to stderr\n");
        assertThat(exit.code()).hasValue(3);
        assertThat(exit.signal()).isEmpty();
        assertThat(exit.keeperLost()).isFalse();
    }

    @Repeated
    void endBySignalIsNoExitCode() throws Exception {
        Exit exit = run(shell(output, "kill -SEGV $$"));

        assertThat(exit.code()).isEmpty();
        assertThat(exit.signal()).hasValue(11);
    }

    @Repeated
    void stdinIsAtItsEnd() throws Exception {
        assertThat(run(launch(output, "cat")).code()).hasValue(0);
        assertThat(output.stdout()).isEmpty();
    }

    @Repeated
    void environmentIsTheGivenOneAndTheMarks(@TempDir Path folder) throws Exception {
        Launch launch = new Launch(
                new TaskId(12),
                3,
                List.of("/usr/bin/env", "-0"),
                Map.of("GREETING", "grüß\nGott", "EMPTY", ""),
                folder,
                output);
        run(launch);

        Map<String, String> seen = new HashMap<>();
        for (String entry : output.stdout().split("\0")) {
            seen.put(entry.substring(0, entry.indexOf('=')), entry.substring(entry.indexOf('=') + 1));
        }
        assertThat(seen.remove("AQUE_KEEPER")).matches("[0-9:]+");
        assertThat(seen)
                .isEqualTo(Map.of(
                        "GREETING", "grüß\nGott",
                        "EMPTY", "",
                        "AQUE_TID", "12",
                        "AQUE_ATTEMPT", "3",
                        "AQUE_WORKER", "worker one"));
    }

    @Repeated
    void childRunsInItsFolderInASessionOfItsOwnWithThreeDescriptorsAndNoSignalIgnored(@TempDir Path folder)
            throws Exception {
        Launch launch = new Launch(
                new TaskId(1),
                1,
                List.of("sh", "-c", "pwd; ps -o sid= -p $$; echo $$; ls /proc/$$/fd; grep SigIgn /proc/self/status"),
                ENVIRONMENT,
                folder,
                output);
        run(launch);

        String[] line = output.stdout().split("\n");
        assertThat(line[0]).isEqualTo(folder.toRealPath().toString());
        assertThat(line[1].trim()).isEqualTo(line[2]);
        assertThat(List.of(line).subList(3, 6)).containsExactly("0", "1", "2");
        // The C library itself ignores its two internal signals, 32 and 33, in whatever it spawns.
        assertThat(line[6]).matches("SigIgn:\\s+0*(18000000)?0+");
    }

    @Repeated
    void missingProgramIsNamed() {
        refused(launch(NOWHERE, "no-such-thing"), "no_program", "no such program: no-such-thing");
        refused(launch(NOWHERE, "/no/such/thing"), "no_program", "no such program: /no/such/thing");
        refused(launch(NOWHERE, ""), "no_program", "no such program: ");
        refused(launch(NOWHERE, "/tmp"), "not_executable", "/tmp is there, but is not an executable file");
    }

    @Repeated
    void missingFolderIsNamed() {
        Launch launch = new Launch(new TaskId(1), 1, List.of("true"), ENVIRONMENT, Path.of("/no/folder"), NOWHERE);

        refused(launch, "no_folder", "there is no folder /no/folder here");
        Launch file = new Launch(new TaskId(1), 1, List.of("true"), ENVIRONMENT, Path.of("/etc/passwd"), NOWHERE);
        refused(file, "no_cwd", "cannot enter the folder /etc/passwd");
    }

    @Repeated
    void commandLineThatIsTooLongIsNamed() {
        refused(
                launch(NOWHERE, "true", "x".repeat(200_000)),
                "too_long",
                "the command line and the environment are longer than this machine takes");
    }

    @Repeated
    void nulByteIsNamed() {
        refused(launch(NOWHERE, "echo", "a\0b"), "nul_byte", "the command or its environment holds a NUL byte");
    }

    @Repeated
    void programIsLookedUpOnTheTasksPathAndUnderItsFolder(@TempDir Path folder) throws Exception {
        script(folder.resolve("bin/tool"), "#!/bin/sh\necho found $1\n");
        Launch byPath = new Launch(new TaskId(1), 1, List.of("tool", "a"), Map.of("PATH", "bin"), folder, output);
        Launch byName = new Launch(new TaskId(1), 1, List.of("bin/tool", "b"), Map.of(), folder, output);

        assertThat(run(byPath).code()).hasValue(0);
        assertThat(run(byName).code()).hasValue(0);
        assertThat(output.stdout()).isEqualTo("found a\nfound b\n");
    }

    @Repeated
    void scriptWithoutInterpreterLineIsTheShells(@TempDir Path folder) throws Exception {
        script(folder.resolve("plain"), "echo by the shell $1\n");

        assertThat(run(launch(output, folder.resolve("plain").toString(), "it is"))
                        .code())
                .hasValue(0);
        assertThat(output.stdout()).isEqualTo("by the shell it is\n");
    }

    @Repeated
    void outputArrivesAfterTheChildClosedStdoutEarly() throws Exception {
        Exit exit = run(shell(output, "echo first; exec >&-; sleep 0.1; echo second >&2; exit 5"));

        assertThat(output.stdout()).isEqualTo("first\n");
        assertThat(output.stderr()).isEqualTo("second\n");
        assertThat(exit.code()).hasValue(5);
    }

    @Repeated
    void exitIsToldThoughAStrangerHoldsTheOutputOpen() throws Exception {
        ChildProcess child = processes.start(shell(output, "echo mine; exec sleep 999"));
        await().until(() -> output.stdout().equals("mine\n"));
        try (OutputStream stranger = new FileOutputStream("/proc/" + child.pid() + "/fd/1")) {
            child.kill(Duration.ZERO).get(5, TimeUnit.SECONDS);
            stranger.write("not mine\n".getBytes(StandardCharsets.UTF_8));

            assertThat(child.exit().get(10, TimeUnit.SECONDS).signal()).hasValue(Signal.KILL);
        }
    }

    @Repeated
    void killReachesBackgroundAndOwnSessions() throws Exception {
        String mark = UUID.randomUUID().toString();
        ChildProcess child = processes.start(
                marked(shell(NOWHERE, "sleep 999 & setsid sleep 999 & setsid -f sleep 999 & sleep 999"), mark));
        await().until(() -> alive(mark).size() == 5);

        child.kill(Duration.ofSeconds(10)).get(5, TimeUnit.SECONDS);

        assertThat(alive(mark)).isEmpty();
        assertThat(child.exit().get(5, TimeUnit.SECONDS).signal()).hasValue(Signal.TERM);
    }

    @Repeated
    void treeThatIgnoresTermAndLeavesItsSessionIsGoneAfterTheGrace() throws Exception {
        String mark = UUID.randomUUID().toString();
        String script =
                "trap '' TERM; i=0; while [ $i -lt 199 ]; do setsid sh -c 'sleep 999; :' & i=$((i+1)); done; wait";
        ChildProcess child = processes.start(marked(shell(NOWHERE, script), mark));
        await().atMost(Duration.ofSeconds(30)).until(() -> alive(mark).size() == 399);

        child.kill(Duration.ofMillis(300)).get(20, TimeUnit.SECONDS);

        assertThat(alive(mark)).isEmpty();
        assertThat(child.exit().get(5, TimeUnit.SECONDS).signal()).hasValue(Signal.KILL);
    }

    @Repeated
    void whatIsStartedOnTermToClearUpMayFinish() throws Exception {
        ChildProcess child = processes.start(
                shell(output, "trap 'sleep 0.3; echo tidy; exit 4' TERM; echo up; while :; do sleep 0.05; done"));
        await().until(() -> output.stdout().equals("up\n"));

        child.kill(Duration.ofSeconds(20)).get(20, TimeUnit.SECONDS);

        assertThat(child.exit().get(5, TimeUnit.SECONDS).code()).hasValue(4);
        assertThat(output.stdout()).isEqualTo("up\ntidy\n");
    }

    @Repeated
    void orphanWithoutMarkAndSessionIsFoundWhenItCanBeNobodyElses() throws Exception {
        String script = "setsid -f env -i sleep 98765; echo up; sleep 999";
        ChildProcess child = processes.start(shell(output, script));
        await().until(() -> output.stdout().equals("up\n"));
        await().until(() -> child.sample().processes() == 3);

        child.kill(Duration.ZERO).get(5, TimeUnit.SECONDS);

        assertThat(ProcessHandle.allProcesses()
                        .filter(process -> process.info().arguments().stream()
                                .anyMatch(arguments -> List.of(arguments).contains("98765"))))
                .isEmpty();
    }

    @Repeated
    void whatTheMainProcessLeavesBehindIsEnded() throws Exception {
        String mark = UUID.randomUUID().toString();
        ChildProcess child =
                processes.start(marked(shell(output, "setsid sh -c 'trap \"\" TERM; sleep 999; :' & echo left"), mark));

        assertThat(child.exit().get(10, TimeUnit.SECONDS).code()).hasValue(0);
        assertThat(alive(mark)).isEmpty();
        assertThat(output.stdout()).isEqualTo("left\n");
    }

    @Repeated
    void signalIsSentOnceAndEndsNothingByItself() throws Exception {
        ChildProcess child = processes.start(shell(
                output,
                "n=0; trap 'n=$((n+1)); echo got $n' USR1; echo up; while [ $n -lt 2 ]; do sleep 0.01; done; exit 0"));
        await().until(() -> output.stdout().equals("up\n"));

        child.signal(10);
        await().until(() -> output.stdout().equals("up\ngot 1\n"));
        child.signal(10);

        assertThat(child.exit().get(5, TimeUnit.SECONDS).code()).hasValue(0);
        assertThat(output.stdout()).isEqualTo("up\ngot 1\ngot 2\n");
    }

    private Exit run(Launch launch) throws Exception {
        return processes.start(launch).exit().get(30, TimeUnit.SECONDS);
    }

    private static void refused(Launch launch, String reason, String sentence) {
        assertThatExceptionOfType(LaunchException.class)
                .isThrownBy(() -> processes.start(launch))
                .withMessage(sentence)
                .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private static void script(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
