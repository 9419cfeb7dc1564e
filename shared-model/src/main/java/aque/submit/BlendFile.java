package aque.submit;

import io.airlift.compress.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/// What a Blender file says in front of everything else: the frames of its scenes. Its blocks `REND` are made for that
/// and stay as they are through all versions; the file may be compressed, as Blender 2 or as Blender 3 does it.
final class BlendFile {
    private static final int MOST_BLOCKS = 64;

    private BlendFile() {}

    record Scene(String name, int first, int last) {}

    /// Empty when the file is none, or says nothing.
    static List<Scene> scenes(Path file) {
        try (var raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
                var in = plain(raw)) {
            return scenes(in);
        } catch (IOException | RuntimeException e) {
            return List.of(); // of a broken file the artist's own Blender knows more to say
        }
    }

    private static InputStream plain(BufferedInputStream raw) throws IOException {
        raw.mark(8);
        var magic = ByteBuffer.wrap(raw.readNBytes(4)).order(ByteOrder.BIG_ENDIAN);
        raw.reset();
        if (magic.remaining() < 4) {
            return raw;
        }
        var number = magic.getInt();
        if (number >>> 16 == 0x1f8b) {
            return new GZIPInputStream(raw);
        }
        return number == 0x28b52ffd ? new ZstdInputStream(raw) : raw;
    }

    private static List<Scene> scenes(InputStream in) throws IOException {
        var out = new ArrayList<Scene>();
        if (!text(in.readNBytes(7)).equals("BLENDER")) {
            return out;
        }
        var form = text(in.readNBytes(2));
        if (form.length() < 2) {
            return out;
        }
        // Blender 5 numbers its headers: `17-01v0500`, with longer block heads.
        var numbered = Character.isDigit(form.charAt(0));
        if (numbered) {
            in.readNBytes(Integer.parseInt(form) - 9);
        } else {
            in.readNBytes(3);
        }
        var wide = numbered || form.startsWith("-");
        var order = !numbered && form.endsWith("V") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        for (var i = 0; i < MOST_BLOCKS; i++) {
            var code = text(in.readNBytes(4));
            var size = numbered ? numberedSize(in) : size(in, order, wide);
            if (code.length() < 4 || code.equals("ENDB") || size < 0) {
                break;
            }
            if (code.equals("REND")) {
                var block = ByteBuffer.wrap(in.readNBytes((int) size)).order(order);
                out.add(new Scene(name(block.array()), block.getInt(0), block.getInt(4)));
            } else {
                in.skipNBytes(size);
            }
        }
        return out;
    }

    private static long size(InputStream in, ByteOrder order, boolean wide) throws IOException {
        var size = ByteBuffer.wrap(in.readNBytes(4)).order(order).getInt();
        in.skipNBytes(wide ? 16 : 12);
        return size;
    }

    private static long numberedSize(InputStream in) throws IOException {
        in.skipNBytes(12);
        var size =
                ByteBuffer.wrap(in.readNBytes(8)).order(ByteOrder.LITTLE_ENDIAN).getLong();
        in.skipNBytes(8);
        return size;
    }

    private static String name(byte[] block) {
        var end = 8;
        while (end < block.length && block[end] != 0) {
            end++;
        }
        return new String(block, 8, end - 8, StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
