package aque.submit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// One file that a task must leave, or several by one name with `*` in it.
///
/// @param path absolute; `*` and `?` in the file's name stand for any characters, for one
/// @param frame that it holds, where it holds one
/// @param count how many there must be at least
/// @param least bytes; `most` 0 any
/// @param image each must be a whole picture
public record ExpectedFile(Path path, OptionalLong frame, int count, long least, long most, boolean image) {

    /// What became of it.
    public enum Look {
        FOUND,
        /// It is there, but too small, too large or no whole picture.
        SHORT,
        /// It was there before.
        OLD,
        MISSING
    }

    /// Looks at the disk of this machine.
    public Look look() {
        return look(new FolderNames());
    }

    /// The same, by names that were read for other files of the folder too.
    public Look look(FolderNames names) {
        return look(names, Instant.MIN);
    }

    /// The same; a file that nobody has written since then is another one's result.
    public Look look(FolderNames names, Instant since) {
        var found = files(names);
        var own = since.equals(Instant.MIN)
                ? found
                : found.stream().filter(f -> isWrittenSince(f, since)).toList();
        if (own.size() >= Math.max(1, count)) {
            return own.stream().allMatch(this::isWhole) ? Look.FOUND : Look.SHORT;
        }
        return found.size() >= Math.max(1, count) ? Look.OLD : Look.MISSING;
    }

    private static boolean isWrittenSince(Path file, Instant since) {
        try {
            return !Files.getLastModifiedTime(file).toInstant().isBefore(since);
        } catch (IOException e) {
            return false;
        }
    }

    /// Those that are there.
    public List<Path> files(FolderNames names) {
        var name = String.valueOf(path.getFileName());
        var folder = path.getParent();
        var tail = IntStream.range(0, name.length())
                .filter(i -> name.charAt(i) == '*' || name.charAt(i) == '?')
                .findFirst();
        if (tail.isEmpty() || folder == null) {
            return Files.isRegularFile(path) ? List.of(path) : List.of();
        }
        var pattern = pattern(name);
        return names.in(folder, name.substring(0, tail.getAsInt())).stream()
                .filter(n -> pattern.matcher(n).matches())
                .map(folder::resolve)
                .toList();
    }

    private static Pattern pattern(String name) {
        var out = new StringBuilder();
        for (var c : name.toCharArray()) {
            out.append(
                    switch (c) {
                        case '*' -> ".*";
                        case '?' -> ".";
                        default -> Pattern.quote(String.valueOf(c));
                    });
        }
        return Pattern.compile(out.toString());
    }

    private boolean isWhole(Path file) {
        try {
            var size = Files.size(file);
            return size >= least && (most == 0 || size <= most) && (!image || isPicture(file, size));
        } catch (IOException e) {
            return false;
        }
    }

    /// By its first bytes, and its last where the format has an end; of a kind that is not known, by its size.
    private static boolean isPicture(Path file, long size) throws IOException {
        var name = file.toString().toLowerCase(Locale.ROOT);
        var head = part(file, 0, 20);
        var tail = part(file, Math.max(0, size - 12), 12);
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "png" ->
                begins(head, 0x89, 'P', 'N', 'G')
                        && new String(tail, java.nio.charset.StandardCharsets.ISO_8859_1).contains("IEND");
            case "jpg", "jpeg" ->
                begins(head, 0xff, 0xd8, 0xff) && tail.length > 1 && (tail[tail.length - 1] & 0xff) == 0xd9;
            case "exr" -> ExrFile.isWhole(file);
            case "dpx" ->
                begins(head, 'S', 'D', 'P', 'X') && size >= number(head, false)
                        || begins(head, 'X', 'P', 'D', 'S') && size >= number(head, true);
            case "tif", "tiff" -> begins(head, 'I', 'I') || begins(head, 'M', 'M');
            default -> size > 0;
        };
    }

    /// The size that a DPX file says it has.
    private static long number(byte[] head, boolean little) {
        if (head.length < 20) {
            return Long.MAX_VALUE;
        }
        var buffer = java.nio.ByteBuffer.wrap(head)
                .order(little ? java.nio.ByteOrder.LITTLE_ENDIAN : java.nio.ByteOrder.BIG_ENDIAN);
        return Integer.toUnsignedLong(buffer.getInt(16));
    }

    private static boolean begins(byte[] head, int... bytes) {
        for (var i = 0; i < bytes.length; i++) {
            if (head.length <= i || (head[i] & 0xff) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] part(Path file, long from, int n) throws IOException {
        try (var in = Files.newByteChannel(file)) {
            var buffer = java.nio.ByteBuffer.allocate(n);
            in.position(from);
            while (buffer.hasRemaining() && in.read(buffer) >= 0) {
                continue;
            }
            return java.util.Arrays.copyOf(buffer.array(), buffer.position());
        }
    }

    /// As people are told of it.
    @Override
    public String toString() {
        return path.toString();
    }
}
