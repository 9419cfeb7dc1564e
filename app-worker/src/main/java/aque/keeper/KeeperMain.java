package aque.keeper;

import aque.posix.Wait;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The keeper's process. Its argument is its private folder; there it listens on `socket`, and says `ready` on
/// stdout. It
/// ends, and all that it started with it, when its worker is gone and no other was announced or came in time.
public final class KeeperMain {
    private static final Duration FIRST_WORKER = Duration.ofSeconds(30);
    private static final Duration NEXT_WORKER = Duration.ofSeconds(30);
    private static final Duration LAST_KILLS = Duration.ofMillis(2500);

    private KeeperMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Path.of(arguments[0]);
        Wait.adoptOrphans();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(folder), "end"));
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> fail(failure));
        Keeper keeper = new Keeper();
        Thread reaper = Thread.ofPlatform().name("reaper").daemon().unstarted(keeper::reap);
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(folder.resolve("socket")));
            System.out.println("ready");
            reaper.start();
            Optional<SocketChannel> worker = accept(server, FIRST_WORKER);
            while (worker.isPresent() && handedOver(keeper, worker.get())) {
                worker = accept(server, NEXT_WORKER);
            }
        }
    }

    private static boolean handedOver(Keeper keeper, SocketChannel channel) {
        try (Wire wire = new Wire(channel)) {
            return keeper.serve(wire);
        } catch (IOException e) {
            log("the worker is gone: " + e);
            return false;
        }
    }

    private static Optional<SocketChannel> accept(ServerSocketChannel server, Duration limit) throws IOException {
        try (Selector selector = Selector.open()) {
            server.configureBlocking(false);
            server.register(selector, SelectionKey.OP_ACCEPT);
            selector.select(limit.toMillis());
            return Optional.ofNullable(server.accept());
        }
    }

    /// A keeper that is in doubt about its children is better dead: its worker then ends them.
    private static void fail(Throwable failure) {
        failure.printStackTrace();
        System.exit(1);
    }

    /// Also runs when somebody terminates the keeper.
    private static void end(Path folder) {
        try {
            if (!Descendants.killAll(LAST_KILLS)) {
                log("some processes do not die");
            }
            delete(folder);
        } catch (IOException | InterruptedException e) {
            log("not all is cleared away: " + e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> content = Files.list(folder)) {
            List<Path> files = content.sorted(Comparator.reverseOrder()).toList();
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(folder);
    }

    /// A keeper has no logging of its own: its stderr is a file in its folder, which the worker reads when the
    /// keeper dies.
    static void log(String line) {
        System.err.println(Instant.now() + " " + line);
    }
}
