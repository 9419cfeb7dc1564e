package aque.local;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Locale;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// PostgreSQL's programs out of the jar for this machine, unpacked once per version.
///
/// Unpacked in Java: a plain `tar xJ` needs the xz program, which small containers lack; and in this way an
/// interrupted unpacking leaves nothing that looks whole.
final class Binaries {
    private static final String VERSION = version();

    private Binaries() {}

    /// The folder that holds `bin/postgres`; any thread, any number of processes at once.
    static Path unpack(Path cache, Consumer<String> progress) {
        var archive = archiveName();
        var home = cache.resolve(
                "postgresql-" + VERSION + "-" + archive.replace("postgres-", "").replace(".txz", ""));
        if (Files.isExecutable(home.resolve("bin/postgres"))) {
            return home;
        }
        progress.accept("unpacking PostgreSQL " + VERSION + " …");
        try {
            unpackTo(home, archive);
            return home;
        } catch (IOException e) {
            throw new LocalPostgresException("PostgreSQL could not be unpacked to " + home, e);
        }
    }

    private static void unpackTo(Path home, String archive) throws IOException {
        Files.createDirectories(home.getParent());
        var temporary = Files.createTempDirectory(home.getParent(), ".unpacking-");
        try {
            // createTempDirectory gives 0700; the server may run as another user than root.
            Posix.mode(temporary, "rwxr-xr-x");
            try (var in = open(archive)) {
                extract(in, temporary);
            }
            Files.move(temporary, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (!Files.isExecutable(home.resolve("bin/postgres"))) {
                throw e;
            } // else somebody else was first, with the same files
        } finally {
            delete(temporary);
        }
    }

    private static InputStream open(String archive) throws IOException {
        var in = Binaries.class.getResourceAsStream("/" + archive);
        if (in == null) {
            throw new IOException("this build of Aque brings no PostgreSQL for this machine (" + archive + ")");
        }
        return new BufferedInputStream(in, 1 << 16);
    }

    private static void extract(InputStream archive, Path target) throws IOException {
        try (var tar = new TarArchiveInputStream(new XZInputStream(archive))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                place(tar, entry, target);
            }
        }
    }

    private static void place(TarArchiveInputStream tar, TarArchiveEntry entry, Path target) throws IOException {
        var path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
            throw new IOException("the archive names a file outside itself: " + entry.getName());
        }
        Files.createDirectories(entry.isDirectory() ? path : path.getParent());
        if (entry.isSymbolicLink()) {
            link(path, Path.of(entry.getLinkName()));
        } else if (entry.isFile()) {
            Files.copy(tar, path, StandardCopyOption.REPLACE_EXISTING);
            Posix.mode(path, (entry.getMode() & 0100) == 0 ? "rw-r--r--" : "rwxr-xr-x");
        }
    }

    private static void link(Path path, Path to) throws IOException {
        try {
            Files.createSymbolicLink(path, to);
        } catch (FileAlreadyExistsException e) {
            Files.delete(path);
            Files.createSymbolicLink(path, to);
        }
    }

    /// As zonky names them: `postgres-linux-x86_64.txz`.
    private static String archiveName() {
        var os = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
        var arm = System.getProperty("os.arch").equals("aarch64");
        return "postgres-" + os + "-" + (arm ? "arm_64" : "x86_64") + ".txz";
    }

    static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (var paths = Files.walk(folder)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new LocalPostgresException("Could not delete " + folder, e);
        }
    }

    private static String version() {
        var properties = new Properties();
        try (var in = Binaries.class.getResourceAsStream("binaries.properties")) {
            if (in == null) {
                throw new IllegalStateException("binaries.properties is missing from the build");
            }
            properties.load(in);
        } catch (IOException e) {
            throw new IllegalStateException("binaries.properties cannot be read", e);
        }
        // zonky's 18.6.0 is PostgreSQL 18.6.
        return properties.getProperty("version", "").replaceFirst("\\.0$", "");
    }
}
