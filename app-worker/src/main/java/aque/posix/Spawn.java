package aque.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.List;

/// One program to start in a session of its own, with no descriptor but 0, 1 and 2, all signals at their
/// default.
///
/// @param program absolute path of what is executed; `argv` begins with the name that it is told
/// @param environment `NAME=value`, nothing is added
/// @param stdout path that is opened for writing; `stderr` likewise, it may be the same
/// @param stdin path that is opened for reading
public record Spawn(
        String program,
        List<String> argv,
        List<String> environment,
        String cwd,
        String stdout,
        String stderr,
        String stdin) {
    /// Standard input that is at its end.
    public static final String NOTHING = "/dev/null";

    private static final int O_WRONLY = 1;
    /// SETSIGDEF, SETSIGMASK and SETSID.
    private static final short FLAGS = 0x04 | 0x08 | 0x80;

    private static final MethodHandle SPAWN =
            Native.plain("posix_spawn", JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    private static final MethodHandle ATTR_INIT = Native.plain("posix_spawnattr_init", JAVA_INT, ADDRESS);
    private static final MethodHandle ATTR_FLAGS =
            Native.plain("posix_spawnattr_setflags", JAVA_INT, ADDRESS, JAVA_SHORT);
    private static final MethodHandle ATTR_DEFAULT =
            Native.plain("posix_spawnattr_setsigdefault", JAVA_INT, ADDRESS, ADDRESS);
    private static final MethodHandle ATTR_MASK =
            Native.plain("posix_spawnattr_setsigmask", JAVA_INT, ADDRESS, ADDRESS);
    private static final MethodHandle ALL_SIGNALS = Native.plain("sigfillset", JAVA_INT, ADDRESS);
    private static final MethodHandle NO_SIGNALS = Native.plain("sigemptyset", JAVA_INT, ADDRESS);
    private static final MethodHandle ACTIONS_INIT = Native.plain("posix_spawn_file_actions_init", JAVA_INT, ADDRESS);
    private static final MethodHandle ACTIONS_DESTROY =
            Native.plain("posix_spawn_file_actions_destroy", JAVA_INT, ADDRESS);
    private static final MethodHandle CHDIR =
            Native.plain("posix_spawn_file_actions_addchdir_np", JAVA_INT, ADDRESS, ADDRESS);
    private static final MethodHandle OPEN =
            Native.plain("posix_spawn_file_actions_addopen", JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    private static final MethodHandle CLOSE_FROM =
            Native.plain("posix_spawn_file_actions_addclosefrom_np", JAVA_INT, ADDRESS, JAVA_INT);

    /// Starts it; the caller must wait for the process some day.
    ///
    /// @return its process id
    /// @throws PosixException what the kernel said of the folder, the streams or the program
    public int start() throws PosixException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment actions = arena.allocate(256, 16);
            check((int) ACTIONS_INIT.invokeExact(actions));
            try {
                describe(arena, actions);
                return spawn(arena, actions);
            } finally {
                check((int) ACTIONS_DESTROY.invokeExact(actions));
            }
        } catch (PosixException e) {
            throw e;
        } catch (Throwable e) {
            throw Native.unexpected(e);
        }
    }

    private void describe(Arena arena, MemorySegment actions) throws Throwable {
        check((int) CHDIR.invokeExact(actions, arena.allocateFrom(cwd)));
        check((int) OPEN.invokeExact(actions, 0, arena.allocateFrom(stdin), 0, 0));
        check((int) OPEN.invokeExact(actions, 1, arena.allocateFrom(stdout), O_WRONLY, 0));
        check((int) OPEN.invokeExact(actions, 2, arena.allocateFrom(stderr), O_WRONLY, 0));
        check((int) CLOSE_FROM.invokeExact(actions, 3));
    }

    private int spawn(Arena arena, MemorySegment actions) throws Throwable {
        MemorySegment attributes = arena.allocate(512, 16);
        MemorySegment signals = arena.allocate(128, 16);
        check((int) ATTR_INIT.invokeExact(attributes));
        check((int) ATTR_FLAGS.invokeExact(attributes, FLAGS));
        check((int) ALL_SIGNALS.invokeExact(signals));
        check((int) ATTR_DEFAULT.invokeExact(attributes, signals));
        check((int) NO_SIGNALS.invokeExact(signals));
        check((int) ATTR_MASK.invokeExact(attributes, signals));
        MemorySegment pid = arena.allocate(JAVA_INT);
        check((int) SPAWN.invokeExact(
                pid,
                arena.allocateFrom(program),
                actions,
                attributes,
                Native.strings(arena, argv),
                Native.strings(arena, environment)));
        return pid.get(JAVA_INT, 0);
    }

    private void check(int errno) throws PosixException {
        if (errno != 0) {
            throw new PosixException("start " + program, errno);
        }
    }
}
