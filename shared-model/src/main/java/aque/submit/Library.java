package aque.submit;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/// The templates that are at hand: those that come with Aque, the site's, the user's. A later folder's template takes
/// the place of an earlier one's of the same name. One text file adds a kind of job. Reads files; any thread but the FX
/// one.
public final class Library {
    private final Map<String, Routine> routines = new TreeMap<>();

    private Library() {}

    /// Shipped, then those in `templates` of the site's, the show's, the queue's folder, then each folder of
    /// `AQUE_TEMPLATES`, then the user's; see [Layers].
    public static Library ofUser() {
        return of(System.getenv());
    }

    static Library of(Map<String, String> environment) {
        var layers = Layers.of(environment).folders("templates");
        var folders = new ArrayList<Path>();
        folders.add(shipped());
        folders.addAll(layers.subList(0, layers.size() - 1));
        for (var folder : environment.getOrDefault("AQUE_TEMPLATES", "").split(":")) {
            if (!folder.isBlank()) {
                folders.add(Path.of(folder));
            }
        }
        folders.add(layers.getLast());
        return of(folders);
    }

    static Library of(List<Path> folders) {
        var library = new Library();
        folders.stream().filter(Files::isDirectory).forEach(library::read);
        return library;
    }

    private void read(Path folder) {
        try (var files = Files.list(folder)) {
            files.filter(f -> f.toString().toLowerCase(Locale.ROOT).matches(".*\\.(yaml|yml|json)"))
                    .sorted()
                    .map(Routine::read)
                    .forEach(r -> routines.put(r.name(), r));
        } catch (IOException e) {
            throw new SubmitException(folder + ": may not be read: " + e.getMessage());
        }
    }

    /// By name.
    public Collection<Routine> routines() {
        return List.copyOf(routines.values());
    }

    public Optional<Routine> routine(String name) {
        return Optional.ofNullable(routines.get(name));
    }

    /// Those that take a file with this ending.
    List<Routine> forExtension(String extension) {
        return routines.values().stream()
                .filter(r -> r.extensions().contains(extension))
                .toList();
    }

    /// Our own, in the jar or in the folder of classes that we run from.
    private static Path shipped() {
        try {
            URI uri = Objects.requireNonNull(Library.class.getResource("/aque/templates/blender.yaml"))
                    .toURI();
            if (uri.getScheme().equals("jar")) {
                open(uri);
            }
            return Objects.requireNonNull(Path.of(uri).getParent());
        } catch (URISyntaxException | IOException e) {
            throw new IllegalStateException("the templates that come with Aque", e);
        }
    }

    private static void open(URI jar) throws IOException {
        try {
            FileSystems.newFileSystem(jar, Map.of());
        } catch (FileSystemAlreadyExistsException e) {
            // Opened by an earlier call; it stays open as long as the program.
        }
    }
}
