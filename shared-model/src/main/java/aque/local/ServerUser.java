package aque.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// As whom PostgreSQL's programs run: they refuse root. `prefix` goes before the command; `owner` is who must own
/// the data where that is not the caller.
record ServerUser(List<String> prefix, OptionalInt owner) {
    private static final int NOBODY = 65534;

    ServerUser {
        prefix = List.copyOf(prefix);
    }

    /// The one for the cluster `data` in `home`, which need not be there yet; the choice of its making stays.
    static ServerUser of(Path home, Path data) throws IOException {
        var own = Posix.ownUid(home);
        if (own != 0) {
            return new ServerUser(List.of(), OptionalInt.empty());
        }
        var owner = Files.exists(data) ? Posix.uid(data) : 0;
        if (owner != 0) {
            return another(owner);
        }
        return namespace().works() ? namespace() : another(NOBODY);
    }

    /// In a user namespace without a mapping the programs see an ordinary user, while the kernel goes on taking the
    /// files for root's.
    private static ServerUser namespace() {
        return new ServerUser(List.of("unshare", "-U"), OptionalInt.empty());
    }

    /// Where namespaces are not allowed (many containers). `dac_override` stays so that the server gets through
    /// root's private folders to its own.
    private static ServerUser another(int uid) {
        var prefix = List.of(
                "setpriv",
                "--reuid=" + uid,
                "--regid=" + uid,
                "--clear-groups",
                "--inh-caps=+dac_override",
                "--ambient-caps=+dac_override");
        var user = new ServerUser(prefix, OptionalInt.of(uid));
        if (!user.works()) {
            throw new LocalPostgresException("PostgreSQL does not run as root, and this machine allows root neither a"
                    + " user namespace nor setpriv: run Aque as an ordinary user, or name a server with --broker");
        }
        return user;
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
}
