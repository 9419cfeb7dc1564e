package aque.worker;

import aque.process.RunAs;
import aque.session.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// The session files of another user, made and removed by short processes of that user: a worker that is root touches
/// nothing where he could lead it astray. Any thread.
record UserDisk(RunAs user) implements Disk {
    private static final byte[] NOTHING = {};

    @Override
    public Path makeTemporary(Path parent, String prefix) throws IOException {
        return Path.of(did(
                        "mktemp -d -- \"$1\"",
                        NOTHING,
                        parent.resolve(prefix + "XXXXXXXXXX").toString())
                .strip());
    }

    @Override
    public void make(Path folder) throws IOException {
        did("mkdir -- \"$1\"", NOTHING, folder.toString());
    }

    @Override
    public void write(Path file, byte[] content, boolean runnable) throws IOException {
        did(
                "rm -f -- \"$1.next\"; cat >\"$1.next\" && chmod \"$2\" \"$1.next\" && mv -f -- \"$1.next\" \"$1\"",
                content,
                file.toString(),
                runnable ? "700" : "600");
    }

    @Override
    public void remove(Path folder) throws IOException {
        did(
                "rm -rf -- \"$1\" 2>/dev/null || { chmod -R u+rwX -- \"$1\"; rm -rf -- \"$1\"; }",
                NOTHING,
                folder.toString());
    }

    private String did(String script, byte[] input, String... words) throws IOException {
        return user.run("umask 077; " + script, List.of(words), input);
    }
}
