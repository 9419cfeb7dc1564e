package aque.db;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import javax.net.SocketFactory;

/// Sockets for connections that listen. After each notification the driver asks whether one more has come by reading
/// with a time-out of 1 ms: a whole millisecond in which a task that has just come waits on an idle farm. Here that
/// question is answered at once. Public because the driver makes it, by its name.
public final class PromptSockets extends SocketFactory {
    /// The driver's way to ask; nothing else reads with such a time-out.
    private static final int ASKING_MS = 1;

    @Override
    public Socket createSocket() {
        return new Prompt();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return createSocket(InetAddress.getByName(host), port);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort) throws IOException {
        return createSocket(InetAddress.getByName(host), port, from, fromPort);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        var socket = createSocket();
        socket.connect(new InetSocketAddress(host, port));
        return socket;
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) throws IOException {
        var socket = createSocket();
        socket.bind(new InetSocketAddress(from, fromPort));
        socket.connect(new InetSocketAddress(host, port));
        return socket;
    }

    private static final class Prompt extends Socket {
        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read(byte[] into, int at, int length) throws IOException {
                    if (getSoTimeout() == ASKING_MS && available() == 0) {
                        throw new SocketTimeoutException("nothing has come yet");
                    }
                    return super.read(into, at, length);
                }
            };
        }
    }
}
