package aque.benchmark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A throw-away PostgreSQL 15 as it comes, so with `fsync` and `synchronous_commit` on. As root it runs as the user
/// `postgres`. A shell holds it whose input is a pipe of ours: when this process ends, however it ends, the shell stops
/// the server and removes its folder.
final class PostgresServer implements Server {
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

    private PostgresServer(Path bin, Path data, int port, Process shell) {
        this.bin = bin;
        this.data = data;
        this.port = port;
        this.shell = shell;
    }

    /// Starts it; settings as `-c name=value`, on top of the defaults.
    static PostgresServer start(String settings) throws IOException {
        return start(settings, List.of());
    }

    /// @param before words before the command that runs it, such as `faketime -f +1h`
    static PostgresServer start(String settings, List<String> before) throws IOException {
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
        command.addAll(before);
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

    @Override
    public void kill() throws IOException {
        tell("kill");
    }

    @Override
    public void restart() throws IOException {
        tell("start");
    }

    private synchronized void tell(String word) throws IOException {
        shell.getOutputStream().write((word + "\n").getBytes(StandardCharsets.UTF_8));
        shell.getOutputStream().flush();
        expect("done");
    }

    @Override
    public Path log() {
        return data.resolve("server.log");
    }

    @Override
    public String url(String database) {
        return "postgresql://" + USER + "@127.0.0.1:" + port + "/" + database;
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
