package aque.process;

import aque.posix.Fd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The two FIFOs of one start, and their reading ends in this worker. The names stay until the end, so that
/// another worker can open them after this one.
record Streams(Path stdout, Path stderr, int out, int err) {

    static Streams make(Path folder, long key) throws IOException {
        Path stdout = folder.resolve(key + ".out");
        Path stderr = folder.resolve(key + ".err");
        Fd.mkfifo(stdout.toString());
        Fd.mkfifo(stderr.toString());
        int out = Fd.openReader(stdout.toString());
        try {
            return new Streams(stdout, stderr, out, Fd.openReader(stderr.toString()));
        } catch (IOException e) {
            Fd.close(out);
            throw e;
        }
    }

    /// The program was not started: nobody reads them.
    void abandon() throws IOException {
        Fd.close(out);
        Fd.close(err);
        delete();
    }

    void delete() throws IOException {
        Files.deleteIfExists(stdout);
        Files.deleteIfExists(stderr);
    }
}
