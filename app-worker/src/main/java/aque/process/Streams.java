package aque.process;

import aque.posix.Fd;
import java.io.IOException;
import java.nio.file.Path;

/// The two FIFOs of one start, and their reading ends in this worker. The names stay until the end, so that
/// another worker can open them after this one.
///
/// @param late opened when there may have been no writer any more
record Streams(Path stdout, Path stderr, int out, int err, boolean late) {

    static Streams make(Path folder, long key) throws IOException {
        Fd.mkfifo(stdout(folder, key).toString());
        Fd.mkfifo(stderr(folder, key).toString());
        return open(folder, key, false);
    }

    /// Those that were made for a former worker.
    static Streams find(Path folder, long key) throws IOException {
        return open(folder, key, true);
    }

    private static Streams open(Path folder, long key, boolean late) throws IOException {
        Path stdout = stdout(folder, key);
        Path stderr = stderr(folder, key);
        int out = Fd.openReader(stdout.toString());
        try {
            return new Streams(stdout, stderr, out, Fd.openReader(stderr.toString()), late);
        } catch (IOException e) {
            Fd.close(out);
            throw e;
        }
    }

    private static Path stdout(Path folder, long key) {
        return folder.resolve(key + ".out");
    }

    private static Path stderr(Path folder, long key) {
        return folder.resolve(key + ".err");
    }

    /// So that this user's processes can open their own output again, as `/dev/stdout`.
    void give(RunAs user) throws IOException {
        user.own(stdout);
        user.own(stderr);
    }

    /// The program was not started: nobody reads them.
    void abandon() throws IOException {
        Fd.close(out);
        Fd.close(err);
        delete();
    }

    void delete() throws IOException {
        Fd.unlink(stdout.toString());
        Fd.unlink(stderr.toString());
    }
}
