package aque.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/// A bad network between a worker and the server: what goes through it may be late, or stand still in one direction or
/// in
/// both. Nothing is lost, as in TCP over a link that comes back. Any thread.
final class Proxy implements AutoCloseable {
    enum Link {
        GOOD,
        LATE,
        HALF_OPEN,
        CUT
    }

    private static final long LATE_MS = 500;

    private final ServerSocket door;
    private final int port;
    private Link link = Link.GOOD;

    /// @param port of the server on this machine
    Proxy(int port) throws IOException {
        this.port = port;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start("proxy", this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    synchronized void become(Link now) {
        link = now;
        notifyAll();
    }

    private interface Step {
        void run() throws IOException;
    }

    private static void start(String name, Step step) {
        Thread.ofVirtual().name(name).start(() -> {
            try {
                step.run();
            } catch (IOException e) {
                // One end has gone: so does this.
            }
        });
    }

    private void accept() throws IOException {
        while (true) {
            var client = door.accept();
            start("proxy connection", () -> connect(client));
        }
    }

    private void connect(Socket client) throws IOException {
        pass(false);
        var server = new Socket(InetAddress.getLoopbackAddress(), port);
        start("proxy up", () -> pump(client, server, false));
        start("proxy down", () -> pump(server, client, true));
    }

    private void pump(Socket from, Socket to, boolean down) throws IOException {
        try (from;
                to) {
            copy(from.getInputStream(), to.getOutputStream(), down);
        }
    }

    private void copy(InputStream in, OutputStream out, boolean down) throws IOException {
        var bytes = new byte[8192];
        for (int n; (n = in.read(bytes)) >= 0; ) {
            pass(down);
            out.write(bytes, 0, n);
        }
    }

    /// Waits as long as the link does not let this direction through.
    private synchronized void pass(boolean down) throws IOException {
        try {
            if (link == Link.LATE) {
                wait(LATE_MS);
            }
            while (link == Link.CUT || link == Link.HALF_OPEN && down) {
                wait();
            }
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() throws IOException {
        become(Link.GOOD);
        door.close();
    }
}
