package aque.process;

import aque.posix.Fd;
import aque.posix.PosixException;
import aque.process.KeeperLink.Refusal;
import aque.task.TaskId;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/// All processes of one worker. They are started, and held while the worker is replaced, by a keeper beside
/// it; they die
/// with the worker, and with the keeper. Any thread.
public final class Processes implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Processes.class.getName());

    private final String worker;
    private final OutputPump pump;
    private final List<ChildProcess> inherited;
    private KeeperLink link;
    private boolean closed;

    private Processes(String worker, OutputPump pump, KeeperLink link, List<ChildProcess> inherited) {
        this.worker = worker;
        this.pump = pump;
        this.link = link;
        this.inherited = List.copyOf(inherited);
    }

    /// Ends what a former worker of this user may have left, and starts a keeper.
    ///
    /// @param workerName goes into each process's environment as `AQUE_WORKER`
    /// @throws IOException when this machine cannot supervise processes
    public static Processes start(String workerName) throws IOException {
        if (!System.getProperty("os.name").equals("Linux")) {
            throw new IOException("processes are supervised on Linux only, this is " + System.getProperty("os.name"));
        }
        OutputPump pump = new OutputPump();
        try {
            Processes processes = new Processes(workerName, pump, KeeperLink.open(workerName, pump), List.of());
            sweep();
            return processes;
        } catch (IOException e) {
            pump.close();
            throw e;
        }
    }

    /// Whether a whole tree ends by one word of the kernel here.
    public static boolean endsByGroup() {
        return KillGroup.possible();
    }

    /// Goes on with what a former worker has handed over.
    ///
    /// @param keeper what [#handOver()] gave
    /// @param sinks for each task and attempt, where what it writes from here on goes
    /// @return with the processes in [#inherited()]
    public static Processes takeOver(String workerName, Path keeper, BiFunction<TaskId, Integer, OutputSink> sinks)
            throws IOException {
        OutputPump pump = new OutputPump();
        try {
            KeeperLink link = KeeperLink.find(workerName, keeper, pump);
            return new Processes(workerName, pump, link, link.takeOver(sinks));
        } catch (IOException e) {
            pump.close();
            throw e;
        }
    }

    /// Leaves all that runs to a worker that comes within 30 seconds. After this, no sink is given any more,
    /// and no exit completes here: what the sinks have must be stored before the other one takes over. No
    /// start may be under way.
    ///
    /// @return what [#takeOver] needs
    public Path handOver() throws IOException {
        synchronized (this) {
            closed = true;
        }
        pump.close();
        return current().handOver();
    }

    /// Starts a program in a session of its own.
    public ChildProcess start(Launch launch) throws LaunchException {
        check(launch);
        if (launch.user().isPresent()) {
            launch.user().get().check(launch);
            Launch other = launch.user().get().become(launch);
            return started(other, other.argv().getFirst(), other.argv());
        }
        String cwd = launch.cwd().toString();
        if (Fd.absent(cwd)) {
            throw LaunchException.noFolder(cwd);
        }
        if (!Fd.folder(cwd) || !Fd.executable(cwd)) {
            throw new LaunchException("no_cwd", "cannot enter the folder " + cwd);
        }
        if (launch.stdin().isPresent() && !readable(launch.stdin().get())) {
            throw new LaunchException(
                    "no_stdin", "cannot read " + launch.stdin().get() + " as standard input");
        }
        String program = ProgramFile.find(launch.argv().getFirst(), launch.environment(), cwd);
        return started(launch, program, launch.argv());
    }

    private ChildProcess started(Launch launch, String program, List<String> argv) throws LaunchException {
        try {
            return start(launch, program, argv);
        } catch (Refusal e) {
            throw refused(launch, e);
        } catch (IOException e) {
            throw new LaunchException("keeper_lost", "could not be started: " + e.getMessage());
        }
    }

    /// Those that came from a former worker, the ended ones too.
    public List<ChildProcess> inherited() {
        return inherited;
    }

    /// Those whose [ChildProcess#exit()] has not completed.
    public List<ChildProcess> running() {
        return current().running();
    }

    /// Kills everything, and ends the keeper.
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        current().close();
        pump.close();
    }

    /// After the own keeper's start, which takes its time: one that is just dying is dead by then.
    private static void sweep() {
        try {
            int count = Leftovers.kill();
            if (count > 0) {
                LOG.log(Level.WARNING, "{0} processes of a worker that died were still there, and are ended", count);
            }
            Leftovers.clear(KeeperProcess.parent());
        } catch (IOException e) {
            LOG.log(Level.WARNING, "what is left of former keepers is not cleared away", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// A script without a first line that names its interpreter is the shell's, as with `execvp`.
    private ChildProcess start(Launch launch, String program, List<String> words) throws IOException {
        KeeperLink keeper = living();
        try {
            return keeper.start(launch, program, words);
        } catch (Refusal e) {
            if (e.errno() != PosixException.ENOEXEC) {
                throw e;
            }
            List<String> argv = new ArrayList<>(List.of("/bin/sh", program));
            argv.addAll(words.subList(1, words.size()));
            return keeper.start(launch, "/bin/sh", argv);
        }
    }

    /// A FIFO would hold up the keeper until somebody writes to it.
    private static boolean readable(Path stdin) {
        return Fd.readable(stdin.toString()) && (Files.isRegularFile(stdin) || stdin.startsWith("/dev"));
    }

    private synchronized KeeperLink current() {
        return link;
    }

    /// When the keeper is lost, the next start brings a new one.
    private synchronized KeeperLink living() throws IOException {
        if (closed) {
            throw new IOException("the worker is ending");
        }
        if (link.lost()) {
            link = KeeperLink.open(worker, pump);
        }
        return link;
    }

    private static void check(Launch launch) throws LaunchException {
        if (launch.argv().isEmpty()) {
            throw new LaunchException("no_program", "there is no command");
        }
        Map<String, String> environment = launch.environment();
        if (environment.keySet().stream().anyMatch(name -> name.isEmpty() || name.contains("="))) {
            throw new LaunchException("bad_environment", "a variable's name is empty or holds an equals sign");
        }
        Stream<String> texts = Stream.of(
                        launch.argv(),
                        environment.keySet(),
                        environment.values(),
                        List.of(launch.cwd().toString()))
                .flatMap(Collection::stream);
        if (texts.anyMatch(text -> text.indexOf('\0') >= 0)) {
            throw new LaunchException("nul_byte", "the command or its environment holds a NUL byte");
        }
    }

    private static LaunchException refused(Launch launch, Refusal refusal) {
        String program = launch.argv().getFirst();
        return switch (refusal.errno()) {
            case PosixException.E2BIG ->
                new LaunchException(
                        "too_long", "the command line and the environment are longer than this machine takes");
            case PosixException.EACCES ->
                new LaunchException("not_executable", program + " may not be executed: " + refusal.getMessage());
            case PosixException.ENOENT ->
                new LaunchException(
                        "no_program", "no such program: " + program + ", or not the one that its first line names");
            case PosixException.EAGAIN ->
                new LaunchException("no_processes", "this machine allows no more processes: " + refusal.getMessage());
            case PosixException.ENOMEM ->
                new LaunchException("no_memory", "this machine is out of memory: " + refusal.getMessage());
            case PosixException.EMFILE, PosixException.ENFILE ->
                new LaunchException("no_files", "too many files are open: " + refusal.getMessage());
            default -> new LaunchException("start_failed", String.valueOf(refusal.getMessage()));
        };
    }
}
