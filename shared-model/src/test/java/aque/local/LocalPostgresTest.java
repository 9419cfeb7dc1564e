package aque.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every caller is a process of its own, as in life.
@Tag("repeat")
final class LocalPostgresTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @AfterEach
    void end() {
        local().stop();
    }

    @Test
    void dataOutliveAStop() throws Exception {
        var first = join();
        write(first, 42);
        assertThat(local().stop()).isTrue();
        assertThat(local().running()).isEmpty();
        assertThat(local().stop()).isFalse();
        assertThat(read(join())).containsExactly(42);
    }

    @Test
    void dataOutliveTheKillOfServerAndMinder() throws Exception {
        write(join(), 42);
        kill("minder.pid");
        local().cluster().process().orElseThrow().destroyForcibly();
        assertThat(read(join())).containsExactly(42);
    }

    @Test
    void theServerOutlivesItsMinderAndTheNextCallerStartsAnother() throws Exception {
        var first = join();
        var server = local().cluster().process().orElseThrow().pid();
        var minder = kill("minder.pid");
        assertThat(join()).isEqualTo(first);
        assertThat(local().cluster().process().orElseThrow().pid()).isEqualTo(server);
        assertThat(pid("minder.pid").process().orElseThrow().pid()).isNotEqualTo(minder);
    }

    @Test
    void theMinderStartsACrashedServerAgainAtTheSamePort() throws Exception {
        var first = join();
        write(first, 42);
        var crashed = local().cluster().process().orElseThrow();
        crashed.destroyForcibly();
        await().atMost(SOON).until(() -> !Processes.lives(crashed));
        await().atMost(SOON).until(() -> local().running().isPresent());
        assertThat(local().running()).contains(first);
        assertThat(read(first)).containsExactly(42);
    }

    @Test
    void callersWhoComeAtOnceShareOneServer() throws Exception {
        var callers = Stream.generate(() -> start("300", "join")).limit(3).toList();
        var urls = new ArrayList<String>();
        for (var caller : callers) {
            urls.add(output(caller));
        }
        assertThat(urls).containsOnly(local().running().orElseThrow().url() + "\n");
    }

    @Test
    void theServerEndsSomeTimeAfterItsLastClient() throws Exception {
        output(start("1", "join"));
        try (var client = local().running().orElseThrow().connect("a client")) {
            var process = local().cluster().process().orElseThrow();
            client.createStatement().execute("SELECT pg_sleep(3)");
            assertThat(process.isAlive()).as("while it has a client").isTrue();
        }
        await().atMost(SOON).until(() -> local().cluster().process().isEmpty());
        await().atMost(SOON).until(() -> pid("minder.pid").process().isEmpty());
        assertThat(folder.resolve("data/local/ending")).doesNotExist();
    }

    @Test
    void thereIsOneWorkerUntilTheStopAndItHoldsNothingOfItsStarter() throws Exception {
        // Reading to the end of the pipe is the test: it would wait for the worker, the minder or the server.
        var pid = Long.parseLong(output(start("300", "worker")).strip());
        assertThat(output(start("300", "worker")).strip()).isEqualTo(String.valueOf(pid));
        var worker = ProcessHandle.of(pid).orElseThrow();
        assertThat(session(worker)).isEqualTo(pid);
        assertThat(output(start("300", "stop"))).isEqualTo("true\n");
        await().atMost(SOON).until(() -> !Processes.lives(worker));
    }

    @Test
    void thePasswordIsTheOwnersAlone() throws Exception {
        var server = join();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("data/local/password"))))
                .isEqualTo("rw-------");
        var other = new LocalServer(server.port(), server.user(), "guess", server.database());
        assertThatThrownBy(() -> other.connect("guess"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password");
    }

    // The user's folders are in the test's own

    private LocalPostgres local() {
        return LocalPostgres.of(new UserFolders(
                folder.resolve("data"), UserFolders.ofEnvironment().cache()));
    }

    private LocalServer join() throws IOException {
        output(start("300", "join"));
        return local().running().orElseThrow();
    }

    private Process start(String idle, String verb) {
        var builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                JoinMain.class.getName(),
                verb);
        builder.environment().put("AQUE_HOME", folder.resolve("data").toString());
        builder.environment().put("AQUE_LOCAL_IDLE", idle);
        try {
            return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String output(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private PidFile pid(String name) {
        return new PidFile(folder.resolve("data/local").resolve(name));
    }

    private long kill(String name) throws Exception {
        var process = pid(name).process().orElseThrow();
        process.destroyForcibly();
        await().atMost(SOON).until(() -> !Processes.lives(process));
        return process.pid();
    }

    private static long session(ProcessHandle process) throws IOException {
        var fields =
                Files.readString(Path.of("/proc/" + process.pid() + "/stat")).replaceFirst(".*\\) ", "");
        return Long.parseLong(fields.split(" ")[3]);
    }

    private static void write(LocalServer server, int value) throws SQLException {
        try (var connection = server.connect("test");
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE kept AS SELECT " + value + " AS value");
        }
    }

    private static List<Integer> read(LocalServer server) throws SQLException {
        try (var connection = server.connect("test");
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT value FROM kept")) {
            var values = new ArrayList<Integer>();
            while (rows.next()) {
                values.add(rows.getInt(1));
            }
            return values;
        }
    }
}
