package aque.benchmark;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/// A bad network between a worker and the server: what goes through it may be late, or stand still in one direction
/// or in both. Nothing is lost, as in TCP over a link that comes back; but one that is deaf loses all
/// notifications. Any thread.
final class Proxy implements AutoCloseable {
    enum Link {
        GOOD,
        LATE,
        HALF_OPEN,
        CUT,
        DEAF
    }

    private static final int NO_TLS = 'N';
    private static final int NOTIFICATION = 'A';

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
        start("proxy up", () -> pump(client, server, this::copyUp));
        start("proxy down", () -> pump(server, client, this::copyDown));
    }

    private interface Copy {
        void run(InputStream in, OutputStream out) throws IOException;
    }

    private static void pump(Socket from, Socket to, Copy copy) throws IOException {
        try (from;
                to) {
            copy.run(from.getInputStream(), to.getOutputStream());
        }
    }

    private void copyUp(InputStream in, OutputStream out) throws IOException {
        var bytes = new byte[8192];
        for (int n; (n = in.read(bytes)) >= 0; ) {
            pass(false);
            out.write(bytes, 0, n);
        }
    }

    /// Message by message: a letter, and a length that counts itself. Before the first the server may say one letter.
    private void copyDown(InputStream in, OutputStream out) throws IOException {
        var from = new DataInputStream(new BufferedInputStream(in));
        var to = new DataOutputStream(new BufferedOutputStream(out));
        var letter = from.read();
        if (letter == NO_TLS) {
            to.write(letter);
            to.flush();
            letter = from.read();
        }
        for (; letter >= 0; letter = from.read()) {
            var length = from.readInt();
            var body = from.readNBytes(length - Integer.BYTES);
            if (pass(true) != Link.DEAF || letter != NOTIFICATION) {
                to.write(letter);
                to.writeInt(length);
                to.write(body);
            }
            if (from.available() == 0) {
                to.flush();
            }
        }
    }

    /// Waits as long as the link does not let this direction through.
    private synchronized Link pass(boolean down) throws IOException {
        try {
            if (link == Link.LATE) {
                wait(LATE_MS);
            }
            while (link == Link.CUT || link == Link.HALF_OPEN && down) {
                wait();
            }
            return link;
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
