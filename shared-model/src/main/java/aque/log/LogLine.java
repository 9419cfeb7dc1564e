package aque.log;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.stream.Collectors;

/// A chunk of a log as one line of text, `<timestamp> <channel> <data>` (A98, A103): bytes that are not printable ASCII
/// are escaped as in C, so that no byte is lost. Pure.
public final class LogLine {
    private LogLine() {}

    /// Without a line end; of free channels a line for each that they wrote.
    public static String of(LogChunk chunk) {
        if (chunk.channel() == Channel.FREE) {
            return new String(chunk.data(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> chunk.at() + " " + escapedLine(line))
                    .collect(Collectors.joining("\n"));
        }
        return chunk.at() + " " + chunk.channel().word() + " " + escaped(chunk.data());
    }

    /// What a line says, its bytes exactly: the other way round than [#of].
    ///
    /// @param at when; `data` what was written
    public record Said(Instant at, Channel channel, byte[] data) {}

    /// @throws IllegalArgumentException with a sentence, when it is no such line
    public static Said parse(String line) {
        var part = line.split(" ", 3);
        if (part.length < 3) {
            throw new IllegalArgumentException("this is no line of time, channel and data");
        }
        var channel = Channel.ofWord(part[1]).orElse(Channel.FREE);
        if (channel == Channel.FREE && !Channel.isFreeName(part[1])) {
            throw new IllegalArgumentException("there is no channel " + part[1]);
        }
        try {
            var data = plain(part[2]);
            return new Said(Instant.parse(part[0]), channel, channel == Channel.FREE ? named(part[1], data) : data);
        } catch (DateTimeParseException | NumberFormatException | StringIndexOutOfBoundsException e) {
            throw new IllegalArgumentException("this is no line of time, channel and escaped data", e);
        }
    }

    private static byte[] named(String name, byte[] data) {
        var out = new ByteArrayOutputStream();
        out.writeBytes((name + " ").getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(data);
        return out.toByteArray();
    }

    private static byte[] plain(String escaped) {
        var out = new ByteArrayOutputStream(escaped.length());
        for (var i = 0; i < escaped.length(); i++) {
            var c = escaped.charAt(i);
            if (c != '\\') {
                out.write(c);
                continue;
            }
            switch (escaped.charAt(++i)) {
                case 'n' -> out.write('\n');
                case 'r' -> out.write('\r');
                case 't' -> out.write('\t');
                case '\\' -> out.write('\\');
                case 'x' -> {
                    out.write(Integer.parseInt(escaped.substring(i + 1, i + 3), 16));
                    i += 2;
                }
                default -> throw new NumberFormatException("\\" + escaped.charAt(i));
            }
        }
        return out.toByteArray();
    }

    private static String escapedLine(String line) {
        var part = line.split(" ", 2);
        var data = (part.length > 1 ? part[1] : "") + "\n";
        return part[0] + " " + escaped(data.getBytes(StandardCharsets.UTF_8));
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
