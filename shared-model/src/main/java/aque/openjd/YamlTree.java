package aque.openjd;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Reads a YAML or JSON file into a `Node`, however hostile the file is: too large, not text, not UTF-8 and broken
/// files
/// end as a `TemplateException` with the line to blame.
final class YamlTree {

    /// Ten megabytes; the largest real template known is 60 kB.
    static final long LARGEST = 10L << 20;

    private YamlTree() {}

    static Node read(Problems problems) {
        return new YamlComposer(problems).compose(text(problems));
    }

    private static String text(Problems problems) {
        var text = decode(problems, bytes(problems));
        for (int i = 0, line = 1; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '\n') {
                line++;
            } else if (c < ' ' && c != '\t' && c != '\r') {
                throw problems.fatal(
                        line, "this is not a text file: it holds the control character \\x%02X".formatted((int) c));
            }
        }
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static byte[] bytes(Problems problems) {
        var file = problems.file();
        try {
            if (!Files.exists(file)) {
                throw problems.fatal(0, "there is no such file");
            }
            if (!Files.isRegularFile(file)) {
                throw problems.fatal(0, "this is not a file");
            }
            if (Files.size(file) > LARGEST) {
                throw problems.fatal(0, "the file has " + Files.size(file) + " bytes, a template at most " + LARGEST);
            }
            return bounded(problems, file);
        } catch (IOException e) {
            throw problems.fatal(0, "the file cannot be read: " + e);
        }
    }

    /// Reads no more than the limit, also from a file that grows meanwhile.
    private static byte[] bounded(Problems problems, Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            var bytes = in.readNBytes((int) LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw problems.fatal(0, "the file has more than " + LARGEST + " bytes");
            }
            return bytes;
        }
    }

    private static String decode(Problems problems, byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        var in = ByteBuffer.wrap(bytes);
        var out = CharBuffer.allocate(bytes.length + 1);
        if (decoder.decode(in, out, true).isError()) {
            throw problems.fatal(lineOf(bytes, in.position()), "this is not text in UTF-8");
        }
        return out.flip().toString();
    }

    private static int lineOf(byte[] bytes, int position) {
        var line = 1;
        for (int i = 0; i < position; i++) {
            line += bytes[i] == '\n' ? 1 : 0;
        }
        return line;
    }
}
