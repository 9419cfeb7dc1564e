package aque.process;

import aque.keeper.KeeperMain;
import aque.keeper.Wire;
import aque.posix.Epoll;
import aque.posix.Fd;
import aque.posix.PosixException;
import aque.posix.Proc;
import aque.posix.ProcessId;
import aque.posix.Spawn;
import aque.posix.Wait;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.StandardProtocolFamily;
import java.net.URISyntaxException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Scanner;
import java.util.Set;
import java.util.stream.Stream;

/// A keeper that was started from here: its private folder, its process, and the connection to it.
record KeeperProcess(Path folder, ProcessId id, Wire wire) {
    static final String PREFIX = "aque-keeper-";
    private static final String NAME = "process";
    private static final int START_MILLIS = 20_000;
    /// They would be printed, or stop a JVM that was given other flags.
    private static final Set<String> JVM_OPTIONS =
            Set.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "CLASSPATH");

    /// Starts a keeper and connects to it.
    static KeeperProcess start() throws IOException {
        Path folder = newFolder();
        try {
            Path log = Files.createFile(folder.resolve("log"));
            Path ready = folder.resolve("ready");
            Fd.mkfifo(ready.toString());
            int says = Fd.openReader(ready.toString());
            try {
                int pid = command(folder, ready, log).start();
                ProcessId id = Proc.of(pid).orElseThrow().id();
                Files.writeString(folder.resolve(NAME), id.pid() + " " + id.start());
                awaitReady(says, log);
                return new KeeperProcess(folder, id, new Wire(connect(folder)));
            } finally {
                Fd.close(says);
            }
        } catch (IOException e) {
            delete(folder);
            throw e;
        }
    }

    /// Connects to the keeper that a former worker has left in this folder.
    static KeeperProcess find(Path folder) throws IOException {
        try (Scanner name = new Scanner(folder.resolve(NAME), StandardCharsets.UTF_8)) {
            ProcessId id = new ProcessId(name.nextInt(), name.nextLong());
            return new KeeperProcess(folder, id, new Wire(connect(folder)));
        } catch (NoSuchElementException e) {
            throw new IOException("no keeper in " + folder, e);
        }
    }

    /// Whether this is the folder of a keeper that lives.
    static boolean livesIn(Path folder) {
        try (Scanner name = new Scanner(folder.resolve(NAME), StandardCharsets.UTF_8)) {
            return Proc.alive(new ProcessId(name.nextInt(), name.nextLong()));
        } catch (IOException | NoSuchElementException e) {
            return false;
        }
    }

    /// What the keeper had to say, for the worker's own log.
    String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            return "";
        }
    }

    /// Waits for the keeper's end, if this worker is its parent, and clears away what it left.
    void bury() throws IOException {
        try {
            Wait.of(id.pid());
        } catch (PosixException e) {
            if (e.errno() != PosixException.ECHILD) {
                throw e;
            }
        }
        delete(folder);
    }

    /// Deletes a keeper's folder.
    static void delete(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> content = Files.list(folder)) {
            for (Path file : content.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(folder);
    }

    /// Where keepers have their folders.
    static Path parent() {
        String runtime = System.getenv().getOrDefault("XDG_RUNTIME_DIR", "");
        return runtime.isEmpty() || !Files.isWritable(Path.of(runtime))
                ? Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath()
                : Path.of(runtime);
    }

    private static Path newFolder() throws IOException {
        return Files.createTempDirectory(
                parent(), PREFIX, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    private static Spawn command(Path folder, Path ready, Path log) throws IOException {
        Path java = Files.createSymbolicLink(
                folder.resolve("aque-keeper"), Path.of(System.getProperty("java.home"), "bin", "java"));
        List<String> argv = List.of(
                java.toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx48m",
                "-Xshare:auto",
                "-XX:-UsePerfData",
                "-XX:-MaxFDLimit",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classes(),
                KeeperMain.class.getName(),
                folder.toString());
        List<String> environment = System.getenv().entrySet().stream()
                .filter(entry -> !JVM_OPTIONS.contains(entry.getKey()))
                .map(KeeperProcess::entry)
                .toList();
        return new Spawn(
                java.toString(), argv, environment, folder.toString(), ready.toString(), log.toString(), Spawn.NOTHING);
    }

    private static String entry(Map.Entry<String, String> variable) {
        return variable.getKey() + "=" + variable.getValue();
    }

    /// The keeper needs nothing but the jar that it is in.
    private static String classes() throws IOException {
        try {
            return Path.of(KeeperMain.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IOException("it is unknown where the keeper's classes are", e);
        }
    }

    /// The keeper says one line; when it ends before, there is an end of file.
    private static void awaitReady(int says, Path log) throws IOException {
        try (Epoll epoll = new Epoll();
                Arena arena = Arena.ofConfined()) {
            epoll.add(says);
            if (epoll.await(START_MILLIS) == 0 || Fd.read(says, arena.allocate(64)) == 0) {
                throw new IOException("the keeper did not start: " + Files.readString(log));
            }
        }
    }

    private static SocketChannel connect(Path folder) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(folder.resolve("socket")));
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }
}
