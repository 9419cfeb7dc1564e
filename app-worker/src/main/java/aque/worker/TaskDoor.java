package aque.worker;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where tasks reach their worker: a port on the loopback, one line a request, one a reply. Each attempt has a secret
/// key in its environment, which says which task it is; without one nobody is heard. A virtual thread a connection.
final class TaskDoor implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TaskDoor.class);

    /// Answers what a task says.
    @FunctionalInterface
    interface Listener {
        /// @return what it gets for it
        /// @throws IllegalArgumentException with one sentence, when it makes no sense
        String heard(TaskRun run, String verb, String text);
    }

    private final ServerSocket server;
    private final Listener listener;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, TaskRun> tasks = new ConcurrentHashMap<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private TaskDoor(ServerSocket server, Listener listener) {
        this.server = server;
        this.listener = listener;
        Thread.ofVirtual().name("aque-door").start(this::run);
    }

    /// @param port that a former worker had, since its tasks know that one; 0 for any
    static TaskDoor open(int port, Listener listener) throws IOException {
        var server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return new TaskDoor(server, listener);
    }

    int port() {
        return server.getLocalPort();
    }

    /// A new secret.
    String newKey() {
        var bytes = new byte[16];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /// What a task with this key finds in `AQUE_CHANNEL`.
    String address(String key) {
        return server.getInetAddress().getHostAddress() + ":" + port() + ":" + key;
    }

    void admit(String key, TaskRun run) {
        tasks.put(key, run);
    }

    void dismiss(TaskRun run) {
        tasks.values().removeIf(r -> r == run); // one's own key, and that of a process that did others before
    }

    private void run() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                open.add(socket);
                Thread.ofVirtual().name("aque-talk").start(() -> talk(socket));
            } catch (IOException e) {
                log.debug("nobody came in: {}", e.getMessage());
            }
        }
    }

    private void talk(Socket socket) {
        try (socket;
                var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
                var out =
                        new BufferedWriter(new OutputStreamWriter(socket.getOutputStream(), StandardCharsets.UTF_8))) {
            socket.setTcpNoDelay(true);
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                out.write(answer(line) + "\n");
                out.flush();
            }
        } catch (IOException e) {
            log.debug("a task hung up: {}", e.getMessage());
        } finally {
            open.remove(socket);
        }
    }

    private String answer(String line) {
        var part = line.split(" ", 3);
        var run = Optional.ofNullable(tasks.get(part[0]));
        if (run.isEmpty() || part.length < 2) {
            return "error no task of this worker has this key";
        }
        try {
            var said = listener.heard(run.get(), part[1], part.length > 2 ? unescaped(part[2]) : "");
            return said.isEmpty() ? "ok" : "ok " + said.replace("\\", "\\\\").replace("\n", "\\n");
        } catch (RuntimeException e) {
            return "error " + String.valueOf(e.getMessage()).replace('\n', ' ');
        }
    }

    private static String unescaped(String text) {
        var out = new StringBuilder();
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                var next = text.charAt(++i);
                out.append(next == 'n' ? '\n' : next);
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (var socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            log.debug("the door was not closed: {}", e.getMessage());
        }
    }
}
