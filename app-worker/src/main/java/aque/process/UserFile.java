package aque.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;

/// A file that another user's own process writes, see [RunAs#write]. One thread.
public final class UserFile implements WritableByteChannel {
    private final Process process;
    private final WritableByteChannel in;

    UserFile(Process process) {
        this.process = process;
        this.in = Channels.newChannel(process.getOutputStream());
    }

    /// @throws IOException with what the process complained of, when it has gone
    @Override
    public int write(ByteBuffer bytes) throws IOException {
        try {
            return in.write(bytes);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    @Override
    public boolean isOpen() {
        return in.isOpen();
    }

    /// Waits until all is written.
    ///
    /// @throws IOException when not all could be
    @Override
    public void close() throws IOException {
        if (!in.isOpen()) {
            return;
        }
        try {
            in.close();
        } finally {
            RunAs.said(process);
        }
    }
}
