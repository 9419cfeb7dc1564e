package aque.posix;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.invoke.MethodHandle;

/// Which rights new files do not get: this process's own, and from then on that of all that it starts.
public final class Umask {
    private static final MethodHandle UMASK = Native.plain("umask", JAVA_INT, JAVA_INT);

    private Umask() {}

    /// @param mask as octal digits have it, 0 to 0777
    /// @return what it was before
    public static int set(int mask) {
        try {
            return (int) UMASK.invokeExact(mask);
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }
}
