package aque.process;

import aque.log.Channel;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A sink that keeps all it was given.
final class Captured implements OutputSink {
    private final Map<Channel, ByteArrayOutputStream> bytes = new ConcurrentHashMap<>();

    @Override
    public boolean accept(Channel channel, byte[] piece, Runnable more) {
        of(channel).writeBytes(piece);
        return true;
    }

    String stdout() {
        return of(Channel.STDOUT).toString(StandardCharsets.UTF_8);
    }

    String stderr() {
        return of(Channel.STDERR).toString(StandardCharsets.UTF_8);
    }

    private ByteArrayOutputStream of(Channel channel) {
        return bytes.computeIfAbsent(channel, missing -> new ByteArrayOutputStream());
    }
}
