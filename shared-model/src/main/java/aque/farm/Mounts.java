package aque.farm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The network file systems of a machine, by the folder where they are: what two machines have in common is what both
/// see. A worker tells its own as an attribute.
///
/// @param devices what is mounted there: `server:/export/show`, `//server/show`
public record Mounts(Map<Path, String> devices) {
    /// How a worker tells them: `/show server:/export/show`.
    public static final String ATTRIBUTE = "attr.worker.mount";

    private static final Pattern NETWORK =
            Pattern.compile("nfs\\d?|cifs|smb\\w*|ceph|lustre|beegfs\\w*|gpfs|glusterfs|afs|panfs|wekafs|9p|virtiofs");
    private static final Pattern DEVICE = Pattern.compile("[^/:]+:.*|//.*");

    public Mounts {
        devices = Map.copyOf(devices);
    }

    /// Of this machine; empty where it does not tell.
    public static Optional<Mounts> ofThisMachine() {
        try {
            return Files.isReadable(Mount.OF_THIS_MACHINE)
                    ? Optional.of(among(Mount.ofThisMachine()))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// From lines as Linux has them: device, folder, kind.
    static Mounts of(List<String> lines) {
        return among(Mount.of(lines));
    }

    private static Mounts among(List<Mount> all) {
        var found = new HashMap<Path, String>();
        for (var mount : all) {
            if (isNetwork(mount.device(), mount.kind())) {
                found.put(mount.folder(), mount.device());
            }
        }
        return new Mounts(found);
    }

    /// From what a worker told.
    static Mounts ofTold(Collection<String> told) {
        var found = new HashMap<Path, String>();
        for (var each : told) {
            var space = each.lastIndexOf('\t');
            if (space > 0) {
                found.put(Path.of(each.substring(0, space)), each.substring(space + 1));
            }
        }
        return new Mounts(found);
    }

    /// As a worker tells them.
    public Set<String> told() {
        var out = new TreeSet<String>();
        devices.forEach((folder, device) -> out.add(folder + "\t" + device));
        return out;
    }

    /// What holds a path, and where in it that is; empty when it is on a disk of the machine itself.
    Optional<String> place(Path path) {
        for (var at = path; at != null; at = at.getParent()) {
            var device = devices.get(at);
            if (device != null) {
                return Optional.of(device + "/" + at.relativize(path));
            }
        }
        return Optional.empty();
    }

    private static boolean isNetwork(String device, String kind) {
        return NETWORK.matcher(kind).matches()
                || kind.startsWith("fuse.") && DEVICE.matcher(device).matches();
    }
}
