package aque.desktop.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// What a person chose, in sections, in one JSON file. A section is a record of whoever owns it. Changes are written
/// half a second after the first of them, whole, to a file beside it that then takes its place: a crash leaves the old
/// or the new one, never half of it. Safe for any thread; reading and changing never wait for the disk.
public final class Settings implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Settings.class.getName());
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Path file;
    private final ObjectMapper json =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private final Map<String, JsonNode> sections;
    private final Map<String, JsonNode> changed = new TreeMap<>();
    private final Thread writer;
    private boolean closed;

    private Settings(Path file) {
        this.file = file;
        this.sections = read();
        this.writer = Thread.ofVirtual().name("aque-settings").start(this::writeOn);
    }

    /// Reads the file; a file that cannot be read is put aside as `….broken`, and one starts anew.
    public static Settings open(Path file) {
        return new Settings(file);
    }

    /// A section as it was last put; empty when there is none, or an older console wrote another shape.
    public synchronized <T> Optional<T> get(String section, Class<T> as) {
        var node = sections.get(section);
        try {
            return node == null ? Optional.empty() : Optional.of(json.treeToValue(node, as));
        } catch (JacksonException e) {
            LOG.log(
                    Level.WARNING,
                    () -> "the section " + section + " of " + file + " is not understood: " + e.getOriginalMessage());
            return Optional.empty();
        }
    }

    /// Changes a section; it is written soon.
    public synchronized void put(String section, Object value) {
        var node = json.valueToTree(value);
        if (!node.equals(sections.put(section, node))) {
            changed.put(section, node);
            notifyAll();
        }
    }

    /// The file, for a person who wants to read or change it.
    public Path file() {
        return file;
    }

    /// Writes what is not written yet.
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            writer.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeOn() {
        try {
            while (awaitChange()) {
                save();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// False when there is nothing left to write and nothing more will come.
    private synchronized boolean awaitChange() throws InterruptedException {
        while (changed.isEmpty() && !closed) {
            wait();
        }
        if (!closed) {
            wait(PAUSE.toMillis());
        }
        return !changed.isEmpty();
    }

    /// Another console of the same person may have written other sections meanwhile: they stay.
    private void save() {
        Map<String, JsonNode> mine;
        synchronized (this) {
            mine = new TreeMap<>(changed);
            changed.clear();
        }
        try {
            var all = read();
            all.putAll(mine);
            write(json.writeValueAsBytes(all));
        } catch (IOException | UncheckedIOException | JacksonException e) {
            LOG.log(Level.WARNING, () -> "cannot write the settings " + file, e);
        }
    }

    private void write(byte[] bytes) throws IOException {
        var folder = Files.createDirectories(file.toAbsolutePath().getParent());
        var beside = Files.createTempFile(folder, file.getFileName().toString(), ".new");
        Files.write(beside, bytes);
        try (var channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Map<String, JsonNode> read() {
        var found = new TreeMap<String, JsonNode>();
        if (!Files.exists(file)) {
            return found;
        }
        try {
            var root = json.readTree(Files.readAllBytes(file));
            root.properties().forEach(each -> found.put(each.getKey(), each.getValue()));
        } catch (IOException | JacksonException e) {
            putAside(e);
        }
        return found;
    }

    private void putAside(Exception why) {
        var broken = file.resolveSibling(file.getFileName() + ".broken");
        LOG.log(Level.WARNING, () -> "the settings " + file + " cannot be read; they are kept as " + broken, why);
        try {
            Files.move(file, broken, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "nor can they be put aside", e);
        }
    }
}
