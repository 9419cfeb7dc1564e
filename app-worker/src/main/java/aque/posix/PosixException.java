package aque.posix;

import java.io.IOException;

/// A call of the C library failed; `errno` says how.
public final class PosixException extends IOException {
    public static final int EINTR = 4;
    public static final int E2BIG = 7;
    public static final int ENOEXEC = 8;
    public static final int ECHILD = 10;
    public static final int EAGAIN = 11;
    public static final int ENOMEM = 12;
    public static final int EACCES = 13;
    public static final int ENOENT = 2;
    public static final int ENFILE = 23;
    public static final int EMFILE = 24;
    public static final int ENOSYS = 38;

    private final int errno;

    PosixException(String what, int errno) {
        super(what + ": " + Native.describe(errno));
        this.errno = errno;
    }

    public int errno() {
        return errno;
    }
}
