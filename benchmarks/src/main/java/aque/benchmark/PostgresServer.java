package aque.benchmark;

import aque.db.Address;
import aque.db.Migrations;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// A throw-away PostgreSQL 15 as it comes, so with `fsync` and `synchronous_commit` on. As root it runs as the user
/// `postgres`. A shell holds it whose input is a pipe of ours: when this process ends, however it ends, the shell stops
/// the server and removes its folder.
final class PostgresServer implements AutoCloseable {
    private static final String USER = "bench";
    private static final String SCRIPT = """
            bin=$1 data=$2 port=$3
            "$bin/initdb" -D "$data" -U bench -A trust -E UTF8 --locale=C >/dev/null || exit 1
            "$bin/pg_ctl" -D "$data" -w -l "$data/server.log" \
              -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$data $4" start >/dev/null 2>&1 || exit 1
            echo up
            while read -r line; do
              case $line in
                kill) "$bin/pg_ctl" -D "$data" -w -m immediate stop >/dev/null 2>&1; echo done ;;
                start) "$bin/pg_ctl" -D "$data" -w -l "$data/server.log" \
                  -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$data $4" start >/dev/null 2>&1; echo done ;;
              esac
            done
            "$bin/pg_ctl" -D "$data" -w -m immediate stop >/dev/null 2>&1
            rm -rf "$data"
            """;

    private final Path bin;
    private final Path data;
    private final int port;
    private final Process shell;
    private final AtomicInteger databases = new AtomicInteger();

    private PostgresServer(Path bin, Path data, int port, Process shell) {
        this.bin = bin;
        this.data = data;
        this.port = port;
        this.shell = shell;
    }

    /// Starts it; settings as `-c name=value`, on top of the defaults.
    static PostgresServer start(String settings) throws IOException {
        var bin = binaries();
        var folder = Files.createTempDirectory("aque-bench-");
        var root = System.getProperty("user.name").equals("root");
        if (root) {
            var owner = folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postgres");
            Files.setOwner(folder, owner);
        }
        var data = folder.resolve("data");
        var port = freePort();
        var command = new ArrayList<String>();
        if (root) {
            command.addAll(List.of("runuser", "-u", "postgres", "--"));
        }
        command.addAll(
                List.of("setsid", "bash", "-c", SCRIPT, "bench", bin.toString(), data.toString(), port + "", settings));
        var shell = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var server = new PostgresServer(bin, data, port, shell);
        server.expect("up");
        return server;
    }

    private void expect(String word) throws IOException {
        var line = new StringBuilder();
        for (int c; (c = shell.getInputStream().read()) != '\n'; ) {
            if (c < 0) {
                throw new IOException("PostgreSQL of " + bin + " did not start; " + data + "/server.log may say why");
            }
            line.append((char) c);
        }
        if (!line.toString().equals(word)) {
            throw new IOException("PostgreSQL of " + bin + ": " + line);
        }
    }

    /// Ends the server as a crash does, and waits for that.
    void kill() throws IOException {
        tell("kill");
    }

    /// Starts it again after [#kill].
    void restart() throws IOException {
        tell("start");
    }

    private synchronized void tell(String word) throws IOException {
        shell.getOutputStream().write((word + "\n").getBytes(StandardCharsets.UTF_8));
        shell.getOutputStream().flush();
        expect("done");
    }

    /// The folder with its log.
    Path data() {
        return data;
    }

    int port() {
        return port;
    }

    String url(String database) {
        return "postgresql://" + USER + "@127.0.0.1:" + port + "/" + database;
    }

    /// A new empty database.
    String freshDatabase() {
        var name = "bench_" + databases.incrementAndGet();
        sql("postgres", "CREATE DATABASE " + name);
        return name;
    }

    /// A new database with Aque's schema.
    Address freshFarm() {
        var address = Address.parse(url(freshDatabase()));
        Migrations.toHead(address);
        return address;
    }

    /// Runs one statement outside everything.
    void sql(String database, String statement) {
        try (var c = DriverManager.getConnection("jdbc:" + url(database).replace(USER + "@", "") + "?user=" + USER);
                var s = c.createStatement()) {
            s.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(statement, e);
        }
    }

    /// The first column of what a query answers.
    List<String> rows(String database, String query) {
        try (var c = DriverManager.getConnection("jdbc:" + url(database).replace(USER + "@", "") + "?user=" + USER);
                var s = c.createStatement();
                var r = s.executeQuery(query)) {
            var out = new ArrayList<String>();
            while (r.next()) {
                out.add(r.getString(1));
            }
            return out;
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }

    String version() {
        try (var c = DriverManager.getConnection("jdbc:" + url("postgres").replace(USER + "@", "") + "?user=" + USER)) {
            return c.getMetaData().getDatabaseProductVersion();
        } catch (SQLException e) {
            return "unknown";
        }
    }

    private static Path binaries() throws IOException {
        var named = Optional.ofNullable(System.getenv("PGBIN")).map(Path::of);
        var debian = Path.of("/usr/lib/postgresql/15/bin");
        var bin = named.orElse(debian);
        if (!Files.isExecutable(bin.resolve("initdb"))) {
            throw new IOException("no PostgreSQL 15 in " + bin + "; install it or name its folder in PGBIN");
        }
        return bin;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        try {
            shell.getOutputStream().close();
            shell.waitFor();
            Files.deleteIfExists(data.getParent());
        } catch (IOException e) {
            System.err.println("the throw-away server is left in " + data + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
