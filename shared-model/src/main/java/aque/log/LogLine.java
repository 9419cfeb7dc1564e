package aque.log;

import java.nio.charset.StandardCharsets;

/// A chunk of a log as one line of text, `<timestamp> <channel> <data>` (A98, A103): bytes that are not printable ASCII
/// are escaped as in C, so that no byte is lost. Pure.
public final class LogLine {
    private LogLine() {}

    /// Without a line end.
    public static String of(LogChunk chunk) {
        return chunk.at() + " " + chunk.channel().word() + " " + escaped(chunk.data());
    }

    private static String escaped(byte[] data) {
        var out = new StringBuilder(data.length + 16);
        for (var c : new String(data, StandardCharsets.ISO_8859_1).toCharArray()) {
            switch (c) {
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\\' -> out.append("\\\\");
                default -> {
                    if (c < 32 || c > 126) {
                        out.append(String.format("\\x%02x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.toString();
    }
}
