package aque.session;

import aque.openjd.EmbeddedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The embedded files of one script: their places are known first, since files may name each other; their text is
/// written anew before every action. Readable by the task's user only.
final class ScriptFiles {

    private final List<EmbeddedFile> files;
    private final SessionHost host;
    private final Map<String, Path> places = new LinkedHashMap<>();

    /// @param folder of its own for this script, made if there are files
    ScriptFiles(List<EmbeddedFile> files, Path folder, SessionHost host) throws IOException {
        this.files = files;
        this.host = host;
        if (!files.isEmpty() && !Files.isDirectory(folder)) {
            host.disk().make(folder);
        }
        for (var file : files) {
            places.put(file.name(), folder.resolve(name(file)));
        }
    }

    private String name(EmbeddedFile file) {
        var name = file.filename().orElse(file.name());
        var taken = file.filename().isEmpty()
                && files.stream()
                        .anyMatch(other -> other.filename().filter(name::equals).isPresent());
        return taken ? name + "-embedded" : name;
    }

    /// Adds the places as `Task.File.NAME` or the like.
    void addTo(Map<String, String> symbols, String prefix) {
        places.forEach((name, place) -> symbols.put(prefix + name, place.toString()));
    }

    void write(Map<String, String> symbols) throws IOException {
        for (var file : files) {
            var place = places.getOrDefault(file.name(), Path.of(file.name()));
            host.disk().write(place, bytes(file, symbols), file.runnable());
        }
    }

    private byte[] bytes(EmbeddedFile file, Map<String, String> symbols) {
        var text = host.here().apply(file.data().resolve(symbols));
        var ended = switch (file.endOfLine()) {
            case AUTO -> OwnDisk.POSIX ? text : windows(text);
            case LF -> text.replace("\r\n", "\n");
            case CRLF -> windows(text);
        };
        return ended.getBytes(StandardCharsets.UTF_8);
    }

    private static String windows(String text) {
        return text.replace("\r\n", "\n").replace("\n", "\r\n");
    }
}
