package aque.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;

/// As whom PostgreSQL's programs run: they refuse root, and users without a name. `prefix` goes before the command;
/// `owner` is who must own the data where that is not the caller.
record ServerUser(List<String> prefix, OptionalInt owner) {
    private static final int NOBODY = 65534;
    private static final Path SYSTEM_DATA = Path.of("/var/lib/aque");
    private static final Path SYSTEM_CACHE = Path.of("/var/cache/aque");

    ServerUser {
        prefix = List.copyOf(prefix);
    }

    /// The one for the cluster `data` in `home`, which need not be there yet; the choice of its making stays.
    static ServerUser of(Path home, Path data) throws IOException {
        if (Posix.ownUid(home) != 0) {
            return hasName() ? plain() : namespace();
        }
        var owner = Files.exists(data) ? Posix.uid(data) : 0;
        if (owner != 0) {
            return another(owner);
        }
        return namespace().works() ? namespace() : another(NOBODY);
    }

    private static ServerUser plain() {
        return new ServerUser(List.of(), OptionalInt.empty());
    }

    /// In a user namespace without a mapping the programs see the ordinary user nobody, while the kernel goes on
    /// taking the files for the caller's.
    private static ServerUser namespace() {
        return new ServerUser(List.of("unshare", "-U"), OptionalInt.empty());
    }

    /// Root where namespaces are not allowed, as in many containers.
    private static ServerUser another(int uid) {
        var user = new ServerUser(
                List.of("setpriv", "--reuid=" + uid, "--regid=" + uid, "--clear-groups"), OptionalInt.of(uid));
        if (!user.works()) {
            throw new LocalPostgresException("PostgreSQL does not run as root, and this machine allows root neither a"
                    + " user namespace nor setpriv: run Aque as an ordinary user, or name a server with --broker");
        }
        return user;
    }

    /// A container may run under a number that its password file does not know; Java then says `?`.
    private static boolean hasName() {
        return !System.getProperty("user.name", "?").equals("?");
    }

    private boolean works() {
        return Command.run(command("true")).ok();
    }

    List<String> command(String... arguments) {
        var all = new ArrayList<>(prefix);
        all.addAll(List.of(arguments));
        return all;
    }

    void own(Path path) throws IOException {
        if (owner.isPresent()) {
            Files.setAttribute(path, "unix:uid", owner.getAsInt());
            Files.setAttribute(path, "unix:gid", owner.getAsInt());
        }
    }

    /// Where the data are made: another user does not get through root's private folders.
    Path dataHome(Path home) {
        return owner.isEmpty()
                ? home
                : SYSTEM_DATA.resolve(UUID.nameUUIDFromBytes(home.toString().getBytes(StandardCharsets.UTF_8))
                        .toString());
    }

    /// Where the programs are unpacked.
    Path cache(Path cache) {
        return owner.isEmpty() ? cache : SYSTEM_CACHE;
    }
}
