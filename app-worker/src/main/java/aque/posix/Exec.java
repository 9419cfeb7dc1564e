package aque.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.invoke.MethodHandle;
import java.util.List;

/// Becomes another program: same process number, same parent, same standard streams, nothing else.
public final class Exec {
    private static final int CLOEXEC = 4;
    private static final MethodHandle CLOSE_RANGE =
            Native.function("close_range", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle EXECVE = Native.function("execve", JAVA_INT, ADDRESS, ADDRESS, ADDRESS);

    private Exec() {}

    /// Does not return when it works. Every descriptor but 0, 1 and 2 is closed then, and every thread gone.
    ///
    /// @param program absolute path; `argv` begins with the name that it is told
    /// @param environment `NAME=value`
    /// @throws PosixException when the program cannot be executed; this one goes on
    public static void become(String program, List<String> argv, List<String> environment) throws PosixException {
        Native.call("close at exec", (arena, state) -> (int) CLOSE_RANGE.invokeExact(state, 3, -1, CLOEXEC));
        try (Arena strings = Arena.ofConfined()) {
            var arguments = Native.strings(strings, argv);
            var variables = Native.strings(strings, environment);
            Native.call("execute " + program, (arena, state) ->
                    (int) EXECVE.invokeExact(state, arena.allocateFrom(program), arguments, variables));
        }
    }
}
