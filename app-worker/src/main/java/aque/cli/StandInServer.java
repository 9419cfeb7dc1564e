package aque.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// As much of PostgreSQL's side of its protocol as the rehearsal of a command needs: lets everybody in, and answers
/// every query with one row of one column, `1`. One connection after the other, on a thread of its own.
final class StandInServer implements AutoCloseable {
    private static final int PROTOCOL_3 = 3 << 16;
    private static final int TEXT = 25;

    private final ServerSocket socket;

    private StandInServer(ServerSocket socket) {
        this.socket = socket;
    }

    static StandInServer start() throws IOException {
        var server = new StandInServer(new ServerSocket(0, 4, InetAddress.getLoopbackAddress()));
        Thread.ofPlatform().name("stand-in-server").daemon().start(server::serve);
        return server;
    }

    int port() {
        return socket.getLocalPort();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (var client = socket.accept()) {
                new Conversation(client).hold();
            } catch (IOException e) {
                // The client hung up, or we are done.
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /// One client, from hello to bye.
    private static final class Conversation {
        private final DataInputStream in;
        private final OutputStream out;
        private final Map<String, String> statements = new HashMap<>();
        private String statement = "";
        private char transaction = 'I';

        Conversation(Socket client) throws IOException {
            in = new DataInputStream(new BufferedInputStream(client.getInputStream()));
            out = client.getOutputStream();
        }

        void hold() throws IOException {
            while (hello() != PROTOCOL_3) {
                out.write('N'); // no encryption here
            }
            message('R', m -> m.writeInt(0));
            parameter("server_version", "15.0");
            parameter("client_encoding", "UTF8");
            parameter("DateStyle", "ISO");
            parameter("integer_datetimes", "on");
            parameter("standard_conforming_strings", "on");
            parameter("TimeZone", "UTC");
            message('K', m -> m.writeLong(0));
            ready();
            while (answer((char) in.readUnsignedByte(), in.readNBytes(in.readInt() - 4))) {
                out.flush();
            }
        }

        private int hello() throws IOException {
            var length = in.readInt();
            var code = in.readInt();
            in.skipNBytes(length - 8);
            return code;
        }

        private boolean answer(char type, byte[] body) throws IOException {
            switch (type) {
                case 'Q' -> {
                    statement = text(body, 0);
                    done();
                    ready();
                }
                case 'P' -> {
                    var name = text(body, 0);
                    statements.put(name, text(body, name.length() + 1).strip());
                    empty('1');
                }
                case 'B' -> {
                    statement = statements.getOrDefault(text(body, text(body, 0).length() + 1), "");
                    empty('2');
                }
                case 'D' -> describe();
                case 'E' -> done();
                case 'S' -> ready();
                case 'X' -> {
                    return false;
                }
                default -> {}
            }
            return true;
        }

        private boolean isQuery() {
            return statement.startsWith("SELECT");
        }

        private void describe() throws IOException {
            if (!isQuery()) {
                empty('n');
                return;
            }
            message('T', m -> {
                m.writeShort(1);
                m.write(new byte[] {'x', 0});
                m.writeInt(0);
                m.writeShort(0);
                m.writeInt(TEXT);
                m.writeShort(-1);
                m.writeInt(-1);
                m.writeShort(0);
            });
        }

        private void done() throws IOException {
            var word = statement;
            if (isQuery()) {
                message('D', m -> {
                    m.writeShort(1);
                    m.writeInt(1);
                    m.write('1');
                });
                word = "SELECT 1";
            }
            transaction = word.startsWith("BEGIN") ? 'T' : word.startsWith("COMMIT") ? 'I' : transaction;
            var tag = word;
            message('C', m -> m.write((tag + "\0").getBytes(StandardCharsets.UTF_8)));
        }

        private void ready() throws IOException {
            message('Z', m -> m.write(transaction));
        }

        private void parameter(String name, String value) throws IOException {
            message('S', m -> m.write((name + "\0" + value + "\0").getBytes(StandardCharsets.UTF_8)));
        }

        private void empty(char type) throws IOException {
            message(type, m -> {});
        }

        private void message(char type, Body body) throws IOException {
            var bytes = new ByteArrayOutputStream();
            body.write(new DataOutputStream(bytes));
            var head = new DataOutputStream(out);
            head.write(type);
            head.writeInt(bytes.size() + 4);
            head.write(bytes.toByteArray());
        }

        /// The text up to the next NUL.
        private static String text(byte[] body, int from) {
            var end = from;
            while (end < body.length && body[end] != 0) {
                end++;
            }
            return new String(body, from, end - from, StandardCharsets.UTF_8);
        }

        @FunctionalInterface
        private interface Body {
            void write(DataOutputStream message) throws IOException;
        }
    }
}
