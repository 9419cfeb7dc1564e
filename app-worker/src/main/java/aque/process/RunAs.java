package aque.process;

import aque.posix.Fd;
import aque.posix.Spawn;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Another user that a task's processes are to be: known to this machine, and never root. Only root can start such.
///
/// @param name as `getent passwd` has it
public record RunAs(String name, int uid, int gid, String home, String shell) {
    private static final List<Path> SETPRIV = List.of(Path.of("/usr/bin/setpriv"), Path.of("/bin/setpriv"));
    private static final long PATIENCE_S = 10;
    private static final int NO_FOLDER = 3;
    private static final int NO_PROGRAM = 4;
    private static final int NO_STDIN = 5;
    /// As the user: can he enter the folder, does he find the program, may he read the file?
    private static final String TRIAL = """
            cd -- "$1" 2>/dev/null || exit 3
            case $2 in */*) [ -x "$2" ] && [ ! -d "$2" ];; *) command -v -- "$2" >/dev/null;; esac || exit 4
            [ -z "$3" ] || [ -r "$3" ] || exit 5
            """;

    /// A worker that is told to end by a key of its terminal is not to lose its tasks' files.
    private static final String WRITE = "trap '' INT TERM HUP; exec 3>\"$1\" && echo && exec cat >&3";

    private static final String APPEND = WRITE.replace("3>", "3>>");

    private static final String START = "cd -- \"$1\" && exec <\"$2\" && shift 2 && exec \"$@\"";

    /// The user of this name; empty when this machine does not know one, or it is root.
    public static Optional<RunAs> find(String name) {
        try {
            var process = new ProcessBuilder("getent", "--", "passwd", name)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            var line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS) || process.exitValue() != 0) {
                return Optional.empty();
            }
            return parse(line.strip()).filter(u -> u.name.equals(name) && u.uid != 0);
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    static Optional<RunAs> parse(String line) {
        var field = line.split(":", -1);
        if (field.length != 7 || !field[2].matches("[0-9]{1,9}") || !field[3].matches("[0-9]{1,9}")) {
            return Optional.empty();
        }
        return Optional.of(
                new RunAs(field[0], Integer.parseInt(field[2]), Integer.parseInt(field[3]), field[5], field[6]));
    }

    /// The variables that tell who one is put over these.
    public Map<String, String> environment(Map<String, String> variables) {
        var all = new HashMap<>(variables);
        all.put("HOME", home);
        all.put("USER", name);
        all.put("LOGNAME", name);
        all.put("SHELL", shell);
        return all;
    }

    /// Gives a file of the worker's own to this user.
    public void own(Path file) throws IOException {
        Files.setAttribute(file, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
    }

    /// The same start, made by a program that first becomes this user: only then it enters the folder and opens the
    /// input, and `argv` follows with its words as they are.
    Launch become(Launch launch) throws LaunchException {
        var stdin = launch.stdin().map(Path::toString).orElse(Spawn.NOTHING);
        var words = new ArrayList<>(
                List.of("/bin/sh", "-c", START, "sh", launch.cwd().toString(), stdin));
        words.addAll(launch.argv());
        return new Launch(
                launch.task(),
                launch.attempt(),
                command(words),
                launch.environment(),
                Path.of("/"),
                Optional.empty(),
                launch.user(),
                launch.stays(),
                launch.sink());
    }

    private List<String> command(List<String> argv) throws LaunchException {
        var setpriv = SETPRIV.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new LaunchException(
                        "run_as", "no program can be started as " + name + ": this machine has no setpriv"));
        var all = new ArrayList<>(List.of(
                setpriv.toString(), "--reuid=" + uid, "--regid=" + gid, "--init-groups", "--inh-caps=-all", "--"));
        all.addAll(argv);
        return all;
    }

    /// What root may do says nothing of what this user may: tries folder, program and input as that user.
    void check(Launch launch) throws LaunchException {
        var cwd = launch.cwd().toString();
        var program = launch.argv().getFirst();
        var stdin = launch.stdin().map(Path::toString).orElse("");
        switch (trial(launch, command(List.of("/bin/sh", "-c", TRIAL, "sh", cwd, program, stdin)))) {
            case 0 -> {}
            case NO_FOLDER ->
                throw Fd.absent(cwd)
                        ? LaunchException.noFolder(cwd)
                        : new LaunchException("no_cwd", name + " cannot enter the folder " + cwd);
            case NO_PROGRAM -> throw new LaunchException("no_program", name + " has no such program: " + program);
            case NO_STDIN ->
                throw new LaunchException("no_stdin", name + " cannot read " + stdin + " as standard input");
            default -> throw new LaunchException("run_as", "no program can be started as " + name);
        }
    }

    /// Runs a short shell script as this user, with these arguments and this input.
    ///
    /// @return what it printed
    /// @throws IOException with what it complained of, when it did not end well
    public String run(String script, List<String> arguments, byte[] input) throws IOException {
        var process = shell(script, arguments);
        try (var in = process.getOutputStream()) {
            in.write(input);
        } catch (IOException e) {
            process.destroy(); // it has said why it does not read
        }
        return said(process);
    }

    /// A file that a process of this user writes: root opens nothing where the user could lead it astray. When this
    /// returns it is open.
    ///
    /// @param again what is in it stays, and what is written comes behind
    public UserFile write(Path file, boolean again) throws IOException {
        var process = shell(again ? APPEND : WRITE, List.of(file.toString()));
        if (process.getInputStream().read() < 0) {
            process.getOutputStream().close();
            said(process);
        }
        return new UserFile(process);
    }

    /// What a shell of this user's has printed when it has ended.
    static String said(Process process) throws IOException {
        var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        var complaint = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(complaint.strip());
            }
            return out;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /// With nothing of the worker's environment: it may hold what others are not to read.
    private Process shell(String script, List<String> arguments) throws IOException {
        var words = new ArrayList<>(List.of("/bin/sh", "-c", script, "sh"));
        words.addAll(arguments);
        try {
            var builder = new ProcessBuilder(command(words)).directory(new File("/"));
            builder.environment().clear();
            builder.environment().putAll(environment(Map.of("PATH", "/usr/bin:/bin")));
            return builder.start();
        } catch (LaunchException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static int trial(Launch launch, List<String> command) throws LaunchException {
        try {
            var builder = new ProcessBuilder(command).directory(new File("/"));
            builder.environment().clear();
            builder.environment().putAll(launch.environment());
            var process = builder.redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
                return process.exitValue();
            }
            process.destroyForcibly();
            throw new LaunchException("no_cwd", "the folder " + launch.cwd() + " does not answer");
        } catch (IOException e) {
            throw new LaunchException("run_as", "cannot become another user: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }
}
