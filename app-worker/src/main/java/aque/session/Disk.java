package aque.session;

import java.io.IOException;
import java.nio.file.Path;

/// Makes and removes the files of a session, which are private to whoever its actions run as. Any thread.
public interface Disk {
    /// The worker's own: its tasks are who it is.
    Disk OWN = new OwnDisk();

    /// A new folder with a name of its own.
    Path makeTemporary(Path parent, String prefix) throws IOException;

    void make(Path folder) throws IOException;

    /// In place of what was there: whoever reads it finds the old or the new, and whole.
    ///
    /// @param runnable whether it may be executed
    void write(Path file, byte[] content, boolean runnable) throws IOException;

    /// Removes a folder and all below it; does not follow links. A folder that the task closed to reading or writing
    /// is opened first.
    void remove(Path folder) throws IOException;
}
