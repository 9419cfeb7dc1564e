package aque.submit;

import aque.openjd.Frames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/// Numbered files that are one thing: `shot.0001.exr`, `shot.0002.exr` …
///
/// @param folder absolute
/// @param before the number in the file's name, `shot.`; `after` it, `.exr`
/// @param digits how wide the numbers are filled with zeros, 1 when they are not
public record FrameSequence(Path folder, String before, String after, int digits, Frames frames) {
    /// A dash is a sign where nothing stands before it that it could join: `shot.-001.exr`, but not `shot-001.exr`.
    private static final Pattern NUMBERED = Pattern.compile("(.*?)((?<![A-Za-z0-9])-[0-9]+|[0-9]+)(\\.[A-Za-z0-9]+)");

    private static final Pattern FILLED = Pattern.compile("-?0[0-9]+");

    private record Key(String before, String after, int digits) {}

    /// The sequence that a file is part of; empty when it is alone.
    public static Optional<FrameSequence> of(Path file) {
        var folder = file.toAbsolutePath().normalize().getParent();
        var name = NUMBERED.matcher(String.valueOf(file.getFileName()));
        if (folder == null || !name.matches()) {
            return Optional.empty();
        }
        var number =
                Long.parseLong(name.group(2).substring(Math.max(0, name.group(2).length() - 18)));
        return in(folder).stream()
                .filter(s -> s.before.equals(name.group(1)) && s.after.equals(name.group(3)))
                .filter(s -> s.frames.numbers().contains(number))
                .findFirst();
    }

    /// All sequences of at least two files in a folder, by name.
    public static List<FrameSequence> in(Path folder) {
        var found = new TreeMap<String, Map.Entry<Key, TreeSet<Long>>>();
        try (var files = Files.newDirectoryStream(folder)) {
            for (var file : files) {
                var name = NUMBERED.matcher(String.valueOf(file.getFileName()));
                if (name.matches() && name.group(2).length() <= 18) {
                    var filled = FILLED.matcher(name.group(2)).matches();
                    var key = new Key(
                            name.group(1), name.group(3), filled ? name.group(2).length() : 0);
                    found.computeIfAbsent(key.toString(), k -> Map.entry(key, new TreeSet<>()))
                            .getValue()
                            .add(Long.parseLong(name.group(2)));
                }
            }
        } catch (IOException e) {
            throw new SubmitException(folder + ": may not be read: " + e.getMessage());
        }
        return merged(folder.toAbsolutePath().normalize(), found.values());
    }

    /// `0998`, `0999` and `1000` are one: numbers of the full width belong to those that are filled to it.
    private static List<FrameSequence> merged(Path folder, Iterable<Map.Entry<Key, TreeSet<Long>>> found) {
        var out = new ArrayList<FrameSequence>();
        var plain = new TreeMap<String, TreeSet<Long>>();
        found.forEach(e -> {
            if (e.getKey().digits == 0) {
                plain.put(e.getKey().before + "\0" + e.getKey().after, e.getValue());
            }
        });
        for (var e : found) {
            var key = e.getKey();
            if (key.digits > 0) {
                var all = new TreeSet<>(e.getValue());
                var wide = plain.getOrDefault(key.before + "\0" + key.after, new TreeSet<>());
                var fits = wide.stream()
                        .filter(n -> Long.toString(n).length() == key.digits)
                        .toList();
                all.addAll(fits);
                wide.removeAll(fits);
                out.add(new FrameSequence(folder, key.before, key.after, key.digits, new Frames(all)));
            }
        }
        for (var e : found) {
            var key = e.getKey();
            if (key.digits == 0) {
                var numbers = plain.getOrDefault(key.before + "\0" + key.after, new TreeSet<>());
                out.add(new FrameSequence(folder, key.before, key.after, 1, new Frames(numbers)));
            }
        }
        out.removeIf(s -> s.frames.numbers().size() < 2);
        return out;
    }

    /// As ffmpeg and printf take it: `/show/shot.%04d.exr`. A percent sign in a name is doubled.
    public Path pattern() {
        var number = digits > 1 ? "%0" + digits + "d" : "%d";
        return Path.of(
                folder.toString().replace("%", "%%"), before.replace("%", "%%") + number + after.replace("%", "%%"));
    }

    /// What it is called: `shot`, or as its folder when its files have numbers only.
    public String name() {
        var bare = before.replaceAll("[._ -]+$", "");
        return bare.isEmpty() ? String.valueOf(folder.getFileName()) : bare;
    }

    /// Is it one of its files?
    boolean holds(Path file) {
        var name = NUMBERED.matcher(String.valueOf(file.getFileName()));
        return folder.equals(file.getParent())
                && name.matches()
                && name.group(1).equals(before)
                && name.group(3).equals(after)
                && name.group(2).length() <= 18
                && frames.numbers().contains(Long.parseLong(name.group(2)));
    }

    String extension() {
        return after.substring(1).toLowerCase(java.util.Locale.ROOT);
    }

    /// Numbers between the first and the last that have no file.
    public Frames gaps() {
        return new Frames(new TreeSet<>(LongStream.rangeClosed(frames.first(), frames.last())
                        .limit(1_000_000)
                        .boxed()
                        .toList()))
                .without(frames.numbers());
    }

    /// `shot.####.exr 1-99, without 17`
    @Override
    public String toString() {
        var gaps = gaps();
        return before + "#".repeat(digits) + after + " " + frames.first() + "-" + frames.last()
                + (gaps.isEmpty() ? "" : ", without " + gaps);
    }
}
