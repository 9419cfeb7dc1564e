package aque.worker;

import aque.farm.Mount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A file system that the machines of a farm have in common, by the place at which it is mounted. What is ill
/// there is ill for all of them. Stateless.
///
/// @param root where it is mounted
record Volume(Path root) {
    private static final Set<String> SHARED = Set.of(
            "nfs", "nfs4", "cifs", "smb3", "smbfs", "ceph", "lustre", "gpfs", "beegfs", "afs", "9p", "glusterfs");
    private static final int TRIAL = 1 << 16;

    /// The shared volume on which a folder is; empty for one on a disk of this machine alone.
    static Optional<Volume> of(Path folder) {
        try {
            return among(folder, Mount.ofThisMachine());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// @param mounts lines as `/proc/self/mounts` has them
    static Optional<Volume> of(Path folder, List<String> mounts) {
        return among(folder, Mount.of(mounts));
    }

    private static Optional<Volume> among(Path folder, List<Mount> all) {
        return all.stream()
                .filter(mount -> folder.startsWith(mount.folder()))
                .max(Comparator.comparing(mount -> mount.folder().getNameCount()))
                .filter(mount -> SHARED.contains(mount.kind()) || mount.kind().startsWith("fuse."))
                .map(mount -> new Volume(mount.folder()));
    }

    /// Whether something can be written there now, to its end.
    static boolean isWell(Path root) {
        try {
            var file = Files.createTempFile(root, ".aque-", "");
            try {
                Files.write(file, new byte[TRIAL]);
                return Files.size(file) == TRIAL;
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            return false;
        }
    }
}
