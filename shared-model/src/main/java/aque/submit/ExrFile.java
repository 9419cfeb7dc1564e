package aque.submit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// An OpenEXR file, as far as it tells whether it was written to its end: a renderer that dies leaves the table of its
/// blocks with holes, a full disk leaves the last block short. Files of tiles, of several parts and deep ones are
/// believed.
final class ExrFile {
    private static final int MAGIC = 20000630;
    /// Flags of its version: tiles, deep data, several parts.
    private static final int BELIEVED = 0x200 | 0x800 | 0x1000;

    private static final int LONGEST_HEADER = 1 << 20;
    private static final int LARGEST = 1 << 20;
    /// Lines in a block, by the number of the compression.
    private static final int[] LINES = {1, 1, 1, 16, 32, 16, 32, 32, 32, 256};

    private ExrFile() {}

    static boolean isWhole(Path file) throws IOException {
        try (var in = Files.newByteChannel(file)) {
            var head = part(in, 0, (int) Math.min(LONGEST_HEADER, in.size()));
            if (head.remaining() < 8 || head.getInt() != MAGIC) {
                return false;
            }
            if ((head.getInt() & BELIEVED) != 0) {
                return true;
            }
            var blocks = blocks(head);
            return blocks.isPresent() && areWhole(in, head.position(), blocks.get());
        }
    }

    /// How many blocks it has; the header is read to its end. Empty when that is not there.
    private static Optional<Integer> blocks(ByteBuffer head) {
        var attributes = new HashMap<String, ByteBuffer>();
        for (var name = word(head); !name.isEmpty(); name = word(head)) {
            var unused = word(head);
            var size = head.remaining() < 4 ? -1 : head.getInt();
            if (size < 0 || size > head.remaining()) {
                return Optional.empty();
            }
            attributes.put(name, head.slice(head.position(), size).order(ByteOrder.LITTLE_ENDIAN));
            head.position(head.position() + size);
        }
        return blocks(attributes);
    }

    private static Optional<Integer> blocks(Map<String, ByteBuffer> attributes) {
        var window = attributes.get("dataWindow");
        var compression = attributes.get("compression");
        if (window == null || compression == null || window.remaining() < 16 || !compression.hasRemaining()) {
            return Optional.empty();
        }
        var lines = LINES[Math.clamp(compression.get(0), 0, LINES.length - 1)];
        var height = (long) window.getInt(12) - window.getInt(4) + 1;
        return height < 1 || height > LARGEST ? Optional.empty() : Optional.of((int) ((height + lines - 1) / lines));
    }

    private static boolean areWhole(SeekableByteChannel in, int table, int blocks) throws IOException {
        var places = part(in, table, 8 * blocks);
        var last = 0L;
        while (places.remaining() >= 8) {
            var at = places.getLong();
            if (at <= 0 || at >= in.size()) {
                return false;
            }
            last = Math.max(last, at);
        }
        var block = part(in, last, 8);
        return places.limit() == 8 * blocks && block.remaining() == 8 && last + 8 + block.getInt(4) <= in.size();
    }

    /// Up to the next zero; all that is left when there is none.
    private static String word(ByteBuffer head) {
        var from = head.position();
        while (head.hasRemaining()) {
            if (head.get() == 0) {
                return new String(head.array(), from, head.position() - 1 - from, StandardCharsets.ISO_8859_1);
            }
        }
        return "";
    }

    private static ByteBuffer part(SeekableByteChannel in, long from, int n) throws IOException {
        var buffer = ByteBuffer.allocate(n).order(ByteOrder.LITTLE_ENDIAN);
        in.position(from);
        while (buffer.hasRemaining() && in.read(buffer) >= 0) {
            continue;
        }
        return buffer.flip();
    }
}
