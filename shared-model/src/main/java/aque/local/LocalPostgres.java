package aque.local;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// The user's own server, shared by all Aque processes of that user: started by the first that asks, ended some
/// minutes after the last or by [#stop], with its data kept. No death of any client, nor of the minder, ends it.
///
/// Commands and the console call [#join]; any thread, any number of processes at once. Nothing here is ended by a
/// shutdown hook, and what is started holds none of the caller's descriptors.
public final class LocalPostgres {
    private static final String DATABASE = "aque";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long LOG_LIMIT = 8L << 20;

    /// Right for a laptop and a few workers; a farm has a server of its own.
    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("shared_buffers", "128MB"),
            Map.entry("max_connections", "100"),
            Map.entry("wal_level", "minimal"),
            Map.entry("max_wal_senders", "0"),
            Map.entry("max_logical_replication_workers", "0"),
            Map.entry("max_parallel_workers_per_gather", "0"),
            Map.entry("jit", "off"),
            Map.entry("timezone", "UTC"),
            Map.entry("autovacuum_naptime", "20s"),
            Map.entry("client_connection_check_interval", "2s"),
            Map.entry("tcp_keepalives_idle", "10"),
            Map.entry("tcp_keepalives_interval", "5"),
            Map.entry("tcp_keepalives_count", "3"),
            Map.entry("logging_collector", "on"),
            Map.entry("log_directory", "log"),
            Map.entry("log_filename", "postgresql-%a.log"),
            Map.entry("log_truncate_on_rotation", "on"),
            Map.entry("log_rotation_age", "1d"),
            Map.entry("log_rotation_size", "0"),
            Map.entry("log_timezone", "UTC"),
            Map.entry("log_line_prefix", "%m [%p] %a "));

    private final UserFolders folders;
    private final Path home;
    private final PostgresCluster cluster;
    private final PidFile minder;
    private final PidFile worker;

    private LocalPostgres(UserFolders folders) {
        this.folders = folders;
        this.home = folders.data().resolve("local");
        this.cluster = new PostgresCluster(home, folders.cache());
        this.minder = new PidFile(home.resolve("minder.pid"));
        this.worker = new PidFile(home.resolve("worker.pid"));
    }

    /// The one of the user who runs this process.
    public static LocalPostgres ofUser() {
        return of(UserFolders.ofEnvironment());
    }

    /// The one whose data are under `folders`.
    public static LocalPostgres of(UserFolders folders) {
        return new LocalPostgres(folders);
    }

    /// Starts the server or joins the running one. `progress` is told what takes long, one short line each; nothing
    /// when the server is running. Returns in a millisecond or two when it runs, in one or two seconds the first
    /// time.
    ///
    /// @throws LocalPostgresException with a sentence for the user
    public LocalServer join(Consumer<String> progress) {
        try {
            var server = running();
            if (server.isPresent() && minder.process().isPresent()) {
                return server.get();
            }
            return start(progress);
        } catch (IOException e) {
            throw new LocalPostgresException("The local server in " + home + " cannot be used", e);
        }
    }

    /// The running server, without starting one. Asking keeps it from ending for a while.
    public Optional<LocalServer> running() {
        // First say that somebody is here, then look whether the minder is about to end the server: it does the same
        // the other way round, so that one of the two sees the other.
        touch();
        return Files.exists(ending()) ? Optional.empty() : database();
    }

    /// Ends the worker that [#seeToWorker] started, the minder and the server. True when anything was there to end.
    public boolean stop() {
        if (!Files.isDirectory(home)) {
            return false;
        }
        try (var lock = lock()) {
            var any = minder.process().isPresent() || worker.process().isPresent();
            // The minder first: it would take the end of the server for a crash.
            end(minder);
            end(worker);
            return cluster.stop() || any;
        } catch (IOException e) {
            throw new LocalPostgresException("The local server in " + home + " cannot be ended", e);
        }
    }

    /// Starts this machine's worker with `command` unless the one started earlier still lives; true when it was
    /// started. The worker ends by itself when idle (`--idle-exit`); what it prints goes to [#workerLog]. Cheap
    /// when it lives: call it again while waiting for a task, and a worker that was killed is replaced.
    public boolean seeToWorker(List<String> command) {
        if (worker.process().isPresent()) {
            return false;
        }
        try (var lock = lock()) {
            if (worker.process().isPresent()) {
                return false;
            }
            trim(workerLog());
            worker.write(Command.detach(command, home, workerLog()));
            return true;
        } catch (IOException e) {
            throw new LocalPostgresException("The worker of this machine could not be started", e);
        }
    }

    /// The worker's process, while it lives.
    public Optional<ProcessHandle> worker() {
        return worker.process();
    }

    /// Where the local worker's output goes.
    public Path workerLog() {
        return home.resolve("worker.log");
    }

    // Starting

    private LocalServer start(Consumer<String> progress) throws IOException {
        Posix.privateFolder(home);
        try (var lock = lock()) {
            touch();
            startServer(progress);
            if (minder.process().isEmpty()) {
                startMinder();
            }
            return database().orElseThrow(() -> new LocalPostgresException("PostgreSQL ended right after its start"));
        }
    }

    /// The caller holds the lock.
    void startServer(Consumer<String> progress) throws IOException {
        if (cluster.server().isEmpty()) {
            makeDatabase(cluster.start(SETTINGS, progress));
        }
        Files.deleteIfExists(ending());
    }

    private static void makeDatabase(LocalServer server) {
        try (var connection = server.connect("aque-local");
                var statement = connection.createStatement()) {
            var there = statement.executeQuery("SELECT FROM pg_database WHERE datname = '" + DATABASE + "'");
            if (!there.next()) {
                statement.execute("CREATE DATABASE " + DATABASE);
            }
        } catch (SQLException e) {
            throw new LocalPostgresException("The local server does not let Aque in", e);
        }
    }

    private Optional<LocalServer> database() {
        return cluster.server().map(server -> server.in(DATABASE));
    }

    private void startMinder() throws IOException {
        var log = home.resolve("minder.log");
        trim(log);
        minder.write(Command.detach(minderCommand(), home, log));
    }

    private List<String> minderCommand() throws IOException {
        return List.of(
                javaNamed("aque-local").toString(),
                "-XX:+UseSerialGC",
                "-Xmx32m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                absoluteClassPath(),
                MinderMain.class.getName(),
                folders.data().toString(),
                folders.cache().toString());
    }

    /// A link of that name to `java` is what gives the process its name in `ps` and `killall`.
    private Path javaNamed(String name) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        var link = home.resolve(name);
        Files.deleteIfExists(link);
        return Files.createSymbolicLink(link, java);
    }

    /// The minder lives in another folder than its starter.
    private static String absoluteClassPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    // Ending

    private static void end(PidFile file) throws IOException {
        file.process().ifPresent(process -> Processes.end(process, PATIENCE));
        file.delete();
    }

    /// Ends the server and says so to those who are just joining; false when somebody was quicker. For the minder,
    /// who has seen no client for `idle`.
    boolean endUnlessJoined(Duration idle) throws IOException {
        try (var lock = lock()) {
            Files.writeString(ending(), "");
            if (lastJoined().plus(idle).isAfter(Instant.now())) {
                Files.deleteIfExists(ending());
                return false;
            }
            cluster.stop();
            Files.deleteIfExists(ending());
            minder.delete();
            return true;
        }
    }

    // Files

    Path home() {
        return home;
    }

    PostgresCluster cluster() {
        return cluster;
    }

    FolderLock lock() throws IOException {
        return FolderLock.take(home.resolve("lock"));
    }

    private Path ending() {
        return home.resolve("ending");
    }

    private Path joined() {
        return home.resolve("joined");
    }

    Instant lastJoined() throws IOException {
        return Files.exists(joined()) ? Files.getLastModifiedTime(joined()).toInstant() : Instant.EPOCH;
    }

    private void touch() {
        try {
            if (!Files.isDirectory(home)) {
                return; // nothing was ever started
            }
            if (!Files.exists(joined())) {
                Files.writeString(joined(), "");
            }
            Files.setLastModifiedTime(joined(), FileTime.from(Instant.now()));
        } catch (IOException e) {
            throw new LocalPostgresException("The folder " + home + " cannot be written", e);
        }
    }

    private static void trim(Path log) throws IOException {
        if (Files.exists(log) && Files.size(log) > LOG_LIMIT) {
            var older = log.resolveSibling(log.getFileName() + ".1");
            Files.move(log, older, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
