package aque.cli;

import aque.db.DbException;
import aque.db.Unreachable;
import aque.local.LocalPostgresException;
import aque.openjd.TemplateException;
import aque.submit.SubmitException;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/// The one `aque` command: finds which of its commands is meant, runs it, and turns what goes wrong into one line and
/// an
/// exit code.
public final class AqueMain {
    /// `FILE:LINE: what is wrong` is said as compilers say it, for editors to jump to.
    private static final String AT_A_LINE = "(?s).+?:[0-9]+: .*";

    private AqueMain() {}

    public static void main(String[] args) {
        Logging.quiet();
        var out = new PrintStream(
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16),
                false,
                StandardCharsets.UTF_8);
        var err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        var code = typed(args, out, err);
        out.flush();
        err.flush();
        // Threads of libraries must not keep a command that is done. By the short way: an exit would look for a logger
        // in every jar first, to tell it, and nothing of ours waits for the end.
        Runtime.getRuntime().halt(code);
    }

    /// Without a lambda of its own: what the rehearsal of the start-up cache does not run is not in the cache.
    private static int typed(String[] args, PrintStream out, PrintStream err) {
        try {
            return run(Typed.words(args), out, err);
        } catch (UsageException e) {
            return complain(err, Exit.WRONG, String.valueOf(e.getMessage()));
        }
    }

    /// As [#main], for tests: the exit code in place of exiting.
    static int run(List<String> args, PrintStream out, PrintStream err) {
        return guarded(err, () -> choose(new ArrayList<>(args), out, err));
    }

    private static int choose(List<String> rest, PrintStream out, PrintStream err) throws Exception {
        var broker = Optional.ofNullable(System.getenv("AQUE_BROKER"));
        while (!rest.isEmpty() && rest.getFirst().startsWith("-")) {
            var option = rest.getFirst();
            if (option.equals("--broker")) {
                if (rest.size() < 2) {
                    throw new UsageException("--broker needs an address (postgresql://user@host:port/db)");
                }
                broker = Optional.of(rest.get(1));
                rest.subList(0, 2).clear();
            } else if (option.startsWith("--broker=")) {
                broker = Optional.of(option.substring("--broker=".length()));
                rest.removeFirst();
            } else {
                break;
            }
        }
        try (var shell = new Shell(out, err, broker)) {
            return Commands.run(shell, rest);
        }
    }

    /// Does it, and turns what goes wrong into one line and an exit code.
    static int guarded(PrintStream err, Callable<Integer> body) {
        try {
            return body.call();
        } catch (UsageException e) {
            return complain(err, Exit.WRONG, String.valueOf(e.getMessage()));
        } catch (SubmitException e) {
            e.problems().forEach(p -> err.println(p.matches(AT_A_LINE) ? p : "aque: " + p));
            return Exit.WRONG;
        } catch (TemplateException e) {
            e.problems().forEach(err::println);
            return Exit.WRONG;
        } catch (Unreachable | LocalPostgresException e) {
            return complain(err, Exit.UNREACHABLE, String.valueOf(e.getMessage()));
        } catch (DbException e) {
            return complain(err, e.notAllowed() ? Exit.REFUSED : Exit.FAILED, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            return 130;
        } catch (Exception e) {
            if (System.getenv("AQUE_DEBUG") != null) {
                e.printStackTrace(err);
            }
            return complain(err, Exit.FAILED, e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }

    private static int complain(PrintStream err, int code, String message) {
        err.println("aque: " + message.lines().findFirst().orElse(message));
        return code;
    }
}
