package aque.submit;

import aque.openjd.Watched;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;

/// A scene as it was at the submit: a hidden copy beside the original, so that relative paths hold, under a name of its
/// own, `.shot.aque-20270131T200000-1a2b3c.blend`. It is removed with its job. Where nothing can be written beside it
/// the
/// original is watched: frames made from a changed file are flagged.
///
/// @param file the copy; empty when the original is watched
/// @param values what to make the submission of
public record SceneCopy(Optional<Path> file, Offer.Values values) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss");
    private static final Pattern NAME = Pattern.compile("\\..+\\.aque-\\d{8}T\\d{6}-[0-9a-f]{6}(\\.[^.]+)?");

    /// Makes the copy. Empty when the offer has no scene, or its file is not there.
    public static Optional<SceneCopy> of(Offer offer, Offer.Values values) {
        var found = original(offer, values);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        var original = found.get();
        var copy = original.resolveSibling(name(original));
        try {
            Files.copy(original, copy, StandardCopyOption.COPY_ATTRIBUTES);
            var changed = values.with(offer.scene().orElseThrow(), copy.toString());
            return Optional.of(new SceneCopy(Optional.of(copy), changed));
        } catch (IOException e) {
            delete(copy.toString());
            return watching(offer, values);
        }
    }

    /// Makes none: the original is watched, as for what joins a job that others have.
    public static Optional<SceneCopy> watching(Offer offer, Offer.Values values) {
        return original(offer, values)
                .flatMap(SceneCopy::watched)
                .map(w -> new SceneCopy(Optional.empty(), values.with(w)));
    }

    private static Optional<Path> original(Offer offer, Offer.Values values) {
        return offer.scene()
                .map(p -> values.parameters().getOrDefault(p, offer.preset().getOrDefault(p, "")))
                .filter(v -> !v.isEmpty())
                .map(v -> values.cwd().resolve(v).toAbsolutePath().normalize())
                .filter(Files::isRegularFile);
    }

    private static Optional<Watched> watched(Path original) {
        try {
            return Optional.of(new Watched(
                    original.toString(),
                    Files.size(original),
                    Files.getLastModifiedTime(original).toMillis()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// Is the file another one than it was?
    public static boolean changed(Watched then, Path here) {
        try {
            return Files.size(here) != then.size()
                    || Files.getLastModifiedTime(here).toMillis() != then.modified();
        } catch (IOException e) {
            return true;
        }
    }

    private static String name(Path original) {
        var name = String.valueOf(original.getFileName());
        var dot = name.lastIndexOf('.');
        var bare = dot <= 0 ? name : name.substring(0, dot);
        var random = HexFormat.of()
                .toHexDigits(ThreadLocalRandom.current().nextInt(1 << 24))
                .substring(2);
        return "." + bare + ".aque-" + TIME.format(LocalDateTime.now()) + "-" + random
                + (dot <= 0 ? "" : name.substring(dot));
    }

    /// The copy is not needed: nothing was submitted.
    public void delete() {
        file.ifPresent(f -> delete(f.toString()));
    }

    /// Removes a copy that [#of] made, where it can be reached; no other file, whatever the database says.
    public static void delete(String copy) {
        var path = Path.of(copy);
        if (!NAME.matcher(String.valueOf(path.getFileName())).matches()) {
            return;
        }
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            LoggerFactory.getLogger(SceneCopy.class).warn("not removed: {}: {}", copy, e.getMessage());
        }
    }
}
