package aque.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/// One PostgreSQL server on one folder: made, started, looked at, ended. Whoever calls [#start] or [#stop] sees to
/// it that nobody else does so at once.
public final class PostgresCluster {
    private static final String USER = "aque";
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final int START_TRIES = 10;

    private final Path home;
    private final Path data;
    private final Path cache;

    /// `home` is the cluster's own folder; the programs are unpacked under `cache`.
    public PostgresCluster(Path home, Path cache) {
        this.home = home.toAbsolutePath();
        this.data = this.home.resolve("data");
        this.cache = cache.toAbsolutePath();
    }

    /// Starts the server where it is not running, after making it where it is not there; returns when it takes
    /// connections. `settings` are PostgreSQL's and hold from this start on.
    public LocalServer start(Map<String, String> settings, Consumer<String> progress) {
        try {
            Posix.privateFolder(home);
            programs(progress);
            if (!Files.exists(data)) {
                progress.accept("making the database …");
                make();
            }
            progress.accept("starting PostgreSQL …");
            launch(settings);
            return server().orElseThrow(() -> new LocalPostgresException("PostgreSQL ended right after its start"));
        } catch (IOException e) {
            throw new LocalPostgresException("The database in " + home + " cannot be used", e);
        }
    }

    /// Where the server listens, if it runs; costs one look at a file and one connection to a port.
    public Optional<LocalServer> server() {
        try {
            if (!processIsAlive() || !ready() || !listens(port())) {
                return Optional.empty();
            }
            return Optional.of(new LocalServer(port(), USER, Files.readString(home.resolve("password")), "postgres"));
        } catch (IOException e) {
            return Optional.empty(); // not made yet, or just deleted
        }
    }

    /// Ends the server with a checkpoint; clients are disconnected. True when it was running.
    public boolean stop() {
        if (!processIsAlive()) {
            return false;
        }
        try {
            var result = control("stop", "-m", "fast", "-t", "60");
            if (!result.ok() && processIsAlive()) {
                throw new LocalPostgresException("PostgreSQL did not stop: " + result.output());
            }
            return true;
        } catch (IOException e) {
            throw new LocalPostgresException("PostgreSQL cannot be stopped", e);
        }
    }

    /// The command that ends the server at once and needs no Java; for a watchdog.
    public List<String> stopCommand() throws IOException {
        return controlCommand("stop", "-m", "immediate");
    }

    /// The server's main process, while it lives.
    public Optional<ProcessHandle> process() {
        return pid().flatMap(ProcessHandle::of).filter(Processes::lives).filter(PostgresCluster::isPostgres);
    }

    private boolean processIsAlive() {
        return process().isPresent();
    }

    /// After a crash and a restart of the machine the process id in the file may be anybody's.
    private static boolean isPostgres(ProcessHandle process) {
        return process.info()
                .command()
                .map(command -> command.replace(" (deleted)", "").endsWith("/postgres"))
                .orElse(true); // the kernel did not tell
    }

    /// Where the data are; elsewhere than in `home` only where root must use another user.
    public Path dataFolder() throws IOException {
        return data.toRealPath();
    }

    private ServerUser user() throws IOException {
        return ServerUser.of(home, data);
    }

    private Path programs(Consumer<String> progress) throws IOException {
        return Binaries.unpack(user().cache(cache), progress);
    }

    // Making

    /// Under another name first: an interrupted initdb leaves a folder that PostgreSQL would take for a whole one.
    private void make() throws IOException {
        var user = user();
        var folder = user.dataHome(home);
        var fresh = folder.resolve("data.new");
        Binaries.delete(fresh);
        Files.createDirectories(fresh);
        Posix.mode(fresh, "rwx------");
        user.own(fresh);
        Posix.writePrivately(home.resolve("password"), newPassword());
        init(user, fresh);
        include(fresh.resolve("postgresql.conf"));
        place(fresh, folder.resolve("data"));
    }

    private void init(ServerUser user, Path fresh) throws IOException {
        var password = fresh.resolveSibling("password.new");
        Posix.writePrivately(password, Files.readString(home.resolve("password")));
        user.own(password);
        var result = Command.run(user.command(
                programs(text -> {}).resolve("bin/initdb").toString(),
                "--pgdata=" + fresh,
                "--username=" + USER,
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8"));
        Files.delete(password);
        if (!result.ok()) {
            throw new LocalPostgresException("The database could not be made in " + home + ": " + result.output());
        }
    }

    private void place(Path fresh, Path target) throws IOException {
        if (!target.equals(data)) {
            Binaries.delete(target); // of a home that was deleted, and the password with it
            Files.deleteIfExists(data);
            Files.createSymbolicLink(data, target);
        }
        Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void include(Path configuration) throws IOException {
        Files.writeString(
                configuration,
                "\n# Written by Aque at every start; use ALTER SYSTEM for your own.\ninclude_if_exists = 'aque.conf'\n",
                StandardOpenOption.APPEND);
    }

    private static String newPassword() {
        var bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    // Starting

    /// Waits for a server that is just starting, recovering or ending, for as long as it takes. More than one try:
    /// somebody may take the port in between, and after a crash the old server's children hold its shared memory
    /// until they notice.
    private void launch(Map<String, String> settings) throws IOException {
        var failure = "";
        for (int tries = 0; tries < START_TRIES; ) {
            if (server().isPresent()) {
                return;
            }
            if (!processIsAlive()) {
                Files.deleteIfExists(data.resolve("postmaster.pid"));
                configure(settings, tries == 0 ? usualPort() : freePort());
                failure = control("start", "-w", "-t", "3600", "-l", startLog().toString())
                        .output();
                tries++;
            }
            if (server().isEmpty()) {
                Processes.pause(PAUSE);
            }
        }
        throw new LocalPostgresException("PostgreSQL did not start: " + failure + "; see " + startLog());
    }

    private boolean ready() {
        return line(7).filter(status -> status.strip().equals("ready")).isPresent();
    }

    private void configure(Map<String, String> settings, int port) throws IOException {
        var all = new TreeMap<>(settings);
        all.put("listen_addresses", "127.0.0.1");
        all.put("unix_socket_directories", "");
        all.put("port", String.valueOf(port));
        var text = new StringBuilder();
        all.forEach((name, value) -> text.append("%s = '%s'%n".formatted(name, value.replace("'", "''"))));
        var file = data.resolve("aque.conf");
        Files.writeString(file, text);
        user().own(file);
        Posix.writePrivately(home.resolve("port"), String.valueOf(port));
    }

    private Command.Result control(String... arguments) throws IOException {
        return Command.run(controlCommand(arguments));
    }

    private List<String> controlCommand(String... arguments) throws IOException {
        var program = programs(text -> {}).resolve("bin/pg_ctl");
        var command = user().command(program.toString(), "-D", dataFolder().toString());
        command.addAll(List.of(arguments));
        return command;
    }

    /// What the server says before its own log is open; in the data folder, which the server's user may write.
    private Path startLog() throws IOException {
        return dataFolder().resolve("start.log");
    }

    // Ports

    private int usualPort() {
        try {
            var port = port();
            return isFree(port) ? port : freePort();
        } catch (IOException e) {
            return freePort();
        }
    }

    private int port() throws IOException {
        return Integer.parseInt(Files.readString(home.resolve("port")).strip());
    }

    /// Below the range from which systems take ports for outgoing connections (32768 on Linux), so that it is free
    /// again at the next start.
    private static int freePort() {
        for (int i = 0; i < 100; i++) {
            var port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            if (isFree(port)) {
                return port;
            }
        }
        throw new LocalPostgresException("No free port was found on 127.0.0.1 between 20000 and 32000");
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            // As PostgreSQL does: connections that linger from before the last end are no hindrance.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean listens(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    // postmaster.pid: process id, folder, start, port, socket folder, address, shared memory, status

    private Optional<Long> pid() {
        return line(0).map(String::strip).filter(text -> text.matches("\\d+")).map(Long::parseLong);
    }

    private Optional<String> line(int index) {
        try {
            var lines = Files.readAllLines(data.resolve("postmaster.pid"));
            return index < lines.size() ? Optional.of(lines.get(index)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
