package aque.session;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Files of this process's own user.
final class OwnDisk implements Disk {

    /// Whether files have owners and modes here.
    static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> READABLE = PosixFilePermissions.fromString("rw-------");
    private static final String NEXT = ".next";

    @Override
    public Path makeTemporary(Path parent, String prefix) throws IOException {
        Files.createDirectories(parent);
        return Files.createTempDirectory(parent, prefix, mode(PRIVATE));
    }

    @Override
    public void make(Path folder) throws IOException {
        Files.createDirectory(folder, mode(PRIVATE));
    }

    @Override
    public void write(Path file, byte[] content, boolean runnable) throws IOException {
        var next = file.resolveSibling(file.getFileName() + NEXT);
        Files.deleteIfExists(next);
        Files.createFile(next, mode(runnable ? PRIVATE : READABLE));
        Files.write(next, content);
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private static FileAttribute<?>[] mode(Set<PosixFilePermission> permissions) {
        return POSIX
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    @Override
    public void remove(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path inner, BasicFileAttributes attributes) throws IOException {
                open(inner);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path inner, @Nullable IOException e) throws IOException {
                Files.deleteIfExists(inner);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) && open(file)) {
                    remove(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static boolean open(Path folder) throws IOException {
        if (POSIX && !(Files.isReadable(folder) && Files.isWritable(folder) && Files.isExecutable(folder))) {
            Files.setPosixFilePermissions(folder, PRIVATE);
            return Files.isReadable(folder);
        }
        return false;
    }
}
