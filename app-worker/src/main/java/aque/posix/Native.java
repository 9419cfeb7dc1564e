package aque.posix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.List;

/// How a function of the C library is found and called, with its `errno`.
final class Native {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(PathElement.groupElement("errno"));
    private static final MethodHandle STRERROR = plain("strerror", ADDRESS, JAVA_INT);

    private Native() {}

    /// One call: `state` goes first into a function made by [#function].
    interface Call {
        int with(Arena arena, MemorySegment state) throws Throwable;
    }

    /// A function that reports by `errno`; its handle takes the captured state first.
    static MethodHandle function(String name, MemoryLayout result, MemoryLayout... parameters) {
        return bind(name, FunctionDescriptor.of(result, parameters), List.of(Linker.Option.captureCallState("errno")));
    }

    /// The same for a variadic function, of which the first `named` parameters have a name.
    static MethodHandle variadic(String name, int named, MemoryLayout result, MemoryLayout... parameters) {
        return bind(
                name,
                FunctionDescriptor.of(result, parameters),
                List.of(Linker.Option.captureCallState("errno"), Linker.Option.firstVariadicArg(named)));
    }

    /// A function without `errno`.
    static MethodHandle plain(String name, MemoryLayout result, MemoryLayout... parameters) {
        return bind(name, FunctionDescriptor.of(result, parameters), List.of());
    }

    private static MethodHandle bind(String name, FunctionDescriptor descriptor, List<Linker.Option> options) {
        MemorySegment symbol = LINKER.defaultLookup()
                .find(name)
                .orElseThrow(() -> new UnsupportedOperationException(
                        "the C library has no " + name + ": Aque's workers need Linux with glibc 2.34 or newer"));
        return LINKER.downcallHandle(symbol, descriptor, options.toArray(Linker.Option[]::new));
    }

    /// Calls, again after an interruption by a signal; a negative result becomes the exception.
    static int call(String what, Call call) throws PosixException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            while (true) {
                int result = call.with(arena, state);
                if (result >= 0) {
                    return result;
                }
                int errno = (int) ERRNO.get(state, 0L);
                if (errno != PosixException.EINTR) {
                    throw new PosixException(what, errno);
                }
            }
        } catch (PosixException e) {
            throw e;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /// A foreign call throws nothing by itself: what arrives here is a bug of ours.
    static IllegalStateException unexpected(Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        return new IllegalStateException("foreign call failed", e);
    }

    static String describe(int errno) {
        try {
            return ((MemorySegment) STRERROR.invokeExact(errno))
                    .reinterpret(256)
                    .getString(0);
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /// A NULL-terminated array of UTF-8 strings.
    static MemorySegment strings(Arena arena, List<String> strings) {
        MemorySegment array = arena.allocate(ADDRESS, strings.size() + 1L);
        long index = 0;
        for (String string : strings) {
            array.setAtIndex(ADDRESS, index++, arena.allocateFrom(string));
        }
        return array;
    }
}
