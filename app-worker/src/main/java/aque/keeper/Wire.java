package aque.keeper;

import aque.keeper.Message.Ended;
import aque.keeper.Message.Forget;
import aque.keeper.Message.HandOver;
import aque.keeper.Message.Held;
import aque.keeper.Message.Holding;
import aque.keeper.Message.Refused;
import aque.keeper.Message.Start;
import aque.keeper.Message.Started;
import aque.posix.ProcessId;
import aque.posix.Spawn;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Messages over one connection, each with its length before it. Any thread sends and receives; each message is
/// received
/// once.
public final class Wire implements AutoCloseable {
    /// More than any command line and environment that Linux takes.
    private static final int LONGEST = 16 << 20;

    private final SocketChannel channel;
    private final ByteArrayOutputStream unsent = new ByteArrayOutputStream();
    private boolean ended;
    private Optional<Message> last = Optional.empty();
    private final ByteBuffer received = ByteBuffer.allocate(1 << 16).flip();

    public Wire(SocketChannel channel) {
        this.channel = channel;
    }

    /// Sends one message, and those that wait; returns when the system has it.
    public synchronized void send(Message message) throws IOException {
        append(message);
        flush();
    }

    /// Sends one message together with the next ones: for what is not urgent.
    public synchronized void sendLater(Message message) throws IOException {
        append(message);
        if (unsent.size() > 4096) {
            flush();
        }
    }

    private void append(Message message) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        write(message, new DataOutputStream(body));
        new DataOutputStream(unsent).writeInt(body.size());
        body.writeTo(unsent);
    }

    private void flush() throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(unsent.toByteArray());
        unsent.reset();
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /// Waits for the next message; empty when the other side is gone. [HandOver] is the last one, and all
    /// threads get it.
    public Optional<Message> receive() throws IOException {
        synchronized (received) {
            if (!ended) {
                Optional<Message> message = next();
                ended = message.isEmpty() || message.get() instanceof HandOver;
                last = message;
            }
            return last;
        }
    }

    private Optional<Message> next() throws IOException {
        Optional<byte[]> head = take(Integer.BYTES);
        if (head.isEmpty()) {
            return Optional.empty();
        }
        int length = ByteBuffer.wrap(head.get()).getInt();
        if (length < 1 || length > LONGEST) {
            throw new IOException("no message can be " + length + " bytes long");
        }
        Optional<byte[]> body = take(length);
        return body.isEmpty()
                ? Optional.empty()
                : Optional.of(read(new DataInputStream(new ByteArrayInputStream(body.get()))));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /// So many bytes; empty at the end of the connection.
    private Optional<byte[]> take(int length) throws IOException {
        byte[] wanted = new byte[length];
        int count = 0;
        while (count < length) {
            if (!received.hasRemaining() && !fill()) {
                return Optional.empty();
            }
            int part = Math.min(length - count, received.remaining());
            received.get(wanted, count, part);
            count += part;
        }
        return Optional.of(wanted);
    }

    private boolean fill() throws IOException {
        received.clear();
        int count = channel.read(received);
        received.flip();
        return count > 0;
    }

    private static void write(Message message, DataOutputStream out) throws IOException {
        switch (message) {
            case Start m -> {
                out.writeByte('S');
                out.writeLong(m.key());
                writeText(m.label(), out);
                writeSpawn(m.spawn(), out);
            }
            case Forget m -> {
                out.writeByte('F');
                out.writeLong(m.key());
            }
            case HandOver() -> out.writeByte('H');
            case Started m -> {
                out.writeByte('s');
                out.writeLong(m.key());
                out.writeInt(m.process().pid());
                out.writeLong(m.process().start());
            }
            case Refused m -> {
                out.writeByte('r');
                out.writeLong(m.key());
                out.writeInt(m.errno());
                writeText(m.sentence(), out);
            }
            case Ended m -> {
                out.writeByte('e');
                out.writeLong(m.key());
                out.writeInt(m.status());
                out.writeLong(m.cpuMicros());
                out.writeLong(m.peakMemory());
                out.writeBoolean(m.orphans());
            }
            case Held m -> {
                out.writeByte('h');
                out.writeInt(m.holdings().size());
                for (Holding holding : m.holdings()) {
                    out.writeLong(holding.key());
                    writeText(holding.label(), out);
                }
            }
        }
    }

    private static Message read(DataInputStream in) throws IOException {
        byte kind = in.readByte();
        return switch (kind) {
            case 'S' -> new Start(in.readLong(), readText(in), readSpawn(in));
            case 'F' -> new Forget(in.readLong());
            case 'H' -> new HandOver();
            case 's' -> new Started(in.readLong(), new ProcessId(in.readInt(), in.readLong()));
            case 'r' -> new Refused(in.readLong(), in.readInt(), readText(in));
            case 'e' -> new Ended(in.readLong(), in.readInt(), in.readLong(), in.readLong(), in.readBoolean());
            case 'h' -> new Held(readHoldings(in));
            default -> throw new IOException("unknown message " + kind);
        };
    }

    private static void writeSpawn(Spawn spawn, DataOutputStream out) throws IOException {
        writeText(spawn.program(), out);
        writeTexts(spawn.argv(), out);
        writeTexts(spawn.environment(), out);
        writeText(spawn.cwd(), out);
        writeText(spawn.stdout(), out);
        writeText(spawn.stderr(), out);
        writeText(spawn.stdin(), out);
    }

    /// What was added later comes last and may be missing: worker and keeper are of two versions after a hand-over.
    private static Spawn readSpawn(DataInputStream in) throws IOException {
        return new Spawn(
                readText(in),
                readTexts(in),
                readTexts(in),
                readText(in),
                readText(in),
                readText(in),
                in.available() > 0 ? readText(in) : Spawn.NOTHING);
    }

    private static List<Holding> readHoldings(DataInputStream in) throws IOException {
        List<Holding> holdings = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            holdings.add(new Holding(in.readLong(), readText(in)));
        }
        return holdings;
    }

    private static void writeTexts(List<String> texts, DataOutputStream out) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            writeText(text, out);
        }
    }

    private static List<String> readTexts(DataInputStream in) throws IOException {
        List<String> texts = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            texts.add(readText(in));
        }
        return texts;
    }

    /// Not `writeUTF`, which ends at 64 KiB.
    private static void writeText(String text, DataOutputStream out) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String readText(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }
}
