package aque.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/// Files with a mode, as POSIX systems have it.
final class Posix {
    private Posix() {}

    static void mode(Path path, String mode) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    }

    /// A folder that only its owner may enter; it may be there already.
    static void privateFolder(Path folder) throws IOException {
        Files.createDirectories(folder);
        mode(folder, "rwx------");
    }

    /// Writes a file that only its owner may read, whole or not at all.
    static void writePrivately(Path file, String text) throws IOException {
        var temporary = Files.createTempFile(file.getParent(), ".new-", "");
        try {
            Files.writeString(temporary, text, StandardOpenOption.SYNC);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    static int uid(Path path) throws IOException {
        return (Integer) Files.getAttribute(path, "unix:uid");
    }

    /// The uid of this process: that of a file it makes.
    static int ownUid(Path folder) throws IOException {
        var probe = Files.createTempFile(folder, ".uid-", "");
        try {
            return uid(probe);
        } finally {
            Files.delete(probe);
        }
    }
}
