package aque.session;

import aque.openjd.Environment;
import aque.openjd.Extension;
import aque.openjd.JobDocument;
import aque.openjd.JobDocument.StepDocument;
import aque.openjd.ScriptAction;
import aque.openjd.TaskParameters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A working directory and environments around the tasks of one job on one worker. Enter the job's environments, then
/// the step's, run tasks, end. After a failure only the end is left. One thread, but for `announceCancel`.
public final class Session implements AutoCloseable {

    private static final String RULES = "path_mapping.json";
    private static final Duration TASK_NOTIFY = Duration.ofSeconds(120);
    private static final Duration ENVIRONMENT_NOTIFY = Duration.ofSeconds(30);

    private final JobDocument document;
    private final Path directory;
    private final SessionHost host;
    private final ActionRunner runner;
    private final SessionListener listener;
    private final Symbols symbols;
    private final Secrets secrets;
    private final Deque<Entered> entered = new ArrayDeque<>();
    private boolean failed;
    private int scripts;

    private Session(
            JobDocument document,
            Path directory,
            SessionHost host,
            Secrets secrets,
            ActionRunner runner,
            SessionListener listener) {
        this.document = document;
        this.directory = directory;
        this.host = host;
        this.secrets = secrets;
        this.runner = runner;
        this.listener = listener;
        this.symbols = new Symbols(document, directory, directory.resolve(RULES));
    }

    /// Makes the working directory below `parent`.
    ///
    /// @throws IOException when the disk refuses
    public static Session open(
            JobDocument document, Path parent, SessionHost host, ActionRunner runner, SessionListener listener)
            throws IOException {
        var directory = host.disk().makeTemporary(parent.toAbsolutePath(), "session-");
        host.disk().write(directory.resolve(RULES), utf8(document.pathMapping().toRulesFile()), false);
        return new Session(document, directory, host, new Secrets(), runner, listener);
    }

    /// Goes on with the session of a former worker, which has entered these environments and runs a task. The next
    /// [#run] is that task.
    ///
    /// @throws IOException when its folder is gone
    public static Session resume(
            JobDocument document,
            List<Environment> environments,
            SessionState state,
            SessionHost host,
            ActionRunner runner,
            SessionListener listener)
            throws IOException {
        var directory = Path.of(state.directory());
        if (!Files.isDirectory(directory)) {
            throw new IOException("the session's folder " + directory + " is gone");
        }
        var session = new Session(document, directory, host, Secrets.of(state.secrets()), runner, listener);
        for (var i = 0; i < environments.size(); i++) {
            var inside = session.enteredOf(environments.get(i));
            inside.variables().restore(state.variables().get(i));
            session.entered.push(inside);
        }
        session.scripts = state.scripts();
        return session;
    }

    /// While a task runs: what [#resume] needs. The thread of the session must be waiting for the runner.
    public SessionState state() {
        var variables = new ArrayList<Map<String, Optional<String>>>();
        entered.descendingIterator()
                .forEachRemaining(
                        outerFirst -> variables.add(outerFirst.variables().all()));
        return new SessionState(directory.toString(), scripts - 1, variables, secrets.values());
    }

    public Path directory() {
        return directory;
    }

    /// What its actions said that must not show, for whoever keeps their output.
    public Secrets secrets() {
        return secrets;
    }

    /// Enters environments in order, after those entered before. Stops at the first that fails.
    ///
    /// @throws InterruptedException when the runner was interrupted; the session has failed then
    public Optional<Failure> enter(List<Environment> environments) throws InterruptedException {
        for (var environment : environments) {
            var failure = enter(environment);
            if (failure.isPresent()) {
                return failure;
            }
        }
        return Optional.empty();
    }

    private Optional<Failure> enter(Environment environment) throws InterruptedException {
        refuseAfterFailure();
        var what = "environment " + environment.name() + ", enter";
        Entered inside;
        try {
            inside = enteredOf(environment);
        } catch (IOException | IllegalArgumentException e) {
            return failed(what, e);
        }
        entered.push(inside);
        var action = environment.onEnter();
        return action.isEmpty()
                ? Optional.empty()
                : run(what, action.get(), inside.files(), inside.symbols(), Optional.of(inside.variables()));
    }

    private Entered enteredOf(Environment environment) throws IOException {
        var files = new ScriptFiles(environment.files(), folder(), host);
        var names = symbols.ofSession();
        files.addTo(names, "Env.File.");
        var variables = new Variables();
        environment
                .variables()
                .forEach((name, value) -> variables.set(name, host.here().apply(value.resolve(names))));
        return new Entered(environment, variables, files, names);
    }

    /// Runs one task of a step, whose environments must have been entered.
    ///
    /// @throws InterruptedException when the runner was interrupted; the session has failed then
    public Optional<Failure> run(StepDocument step, TaskParameters task) throws InterruptedException {
        refuseAfterFailure();
        var what = "step " + step.name();
        var folder = folder();
        try {
            var files = new ScriptFiles(step.script().files(), folder, host);
            var names = symbols.of(task);
            files.addTo(names, "Task.File.");
            return run(what, step.script().onRun(), files, names, Optional.empty());
        } catch (IOException e) {
            return failed(what, e);
        } finally {
            removeQuietly(folder);
        }
    }

    private Path folder() {
        return directory.resolve("embedded_files_" + scripts++);
    }

    private Optional<Failure> run(
            String what,
            ScriptAction script,
            ScriptFiles files,
            Map<String, String> names,
            Optional<Variables> changing)
            throws InterruptedException {
        var lines = new Lines(listener, secrets, changing, document.extensions().contains(Extension.REDACTED_ENV_VARS));
        Action action;
        try {
            files.write(names);
            action = action(what, script, names, lines);
        } catch (IOException | IllegalArgumentException e) {
            return failed(what, e);
        }
        var failedBefore = failed;
        failed = true; // Until the runner says otherwise; it may be interrupted.
        var end = runner.run(action);
        failed = failedBefore || !end.isSuccess();
        return end.isSuccess() ? Optional.empty() : Optional.of(new Failure(what, end, reason(action, end, lines)));
    }

    private Action action(String what, ScriptAction script, Map<String, String> names, Lines lines) {
        return new Action(
                what,
                argv(script, names),
                variables(),
                directory,
                script.timeout().map(text -> seconds(text.resolve(names))),
                cancelation(what, script, names),
                lines);
    }

    private List<String> argv(ScriptAction script, Map<String, String> names) {
        return Stream.concat(Stream.of(script.command()), script.args().stream())
                .map(text -> host.here().apply(text.resolve(names)))
                .toList();
    }

    private Map<String, Optional<String>> variables() {
        var all = new HashMap<String, Optional<String>>();
        entered.descendingIterator()
                .forEachRemaining(outerFirst -> outerFirst.variables().addTo(all));
        return all;
    }

    private static Duration seconds(String text) {
        return Duration.ofSeconds(Long.parseLong(text));
    }

    private static Action.Cancelation cancelation(String what, ScriptAction script, Map<String, String> names) {
        var cancelation = script.cancelation();
        if (cancelation.mode().resolve(names).equals("TERMINATE")) {
            return new Action.Cancelation.Terminate();
        }
        var usual = what.startsWith("step ") ? TASK_NOTIFY : ENVIRONMENT_NOTIFY;
        return new Action.Cancelation.NotifyThenTerminate(cancelation
                .notifyPeriod()
                .map(text -> seconds(text.resolve(names)))
                .orElse(usual));
    }

    private static String reason(Action action, ActionEnd end, Lines lines) {
        return lines.reason().orElseGet(() -> switch (end) {
            case ActionEnd.Exited exited -> "exit code " + exited.code();
            case ActionEnd.Signalled signalled -> "signal " + signalled.signal();
            case ActionEnd.Cancelled cancelled -> "cancelled";
            case ActionEnd.TimedOut late ->
                "not finished within "
                        + action.timeout().map(Duration::toSeconds).orElse(0L) + " s";
            case ActionEnd.Complained complained -> "its output tells of an error: " + complained.line();
            case ActionEnd.NotStarted not -> not.why();
        });
    }

    private Optional<Failure> failed(String what, Exception e) {
        failed = true;
        var why = "the session's files cannot be written: " + e;
        var reason = e instanceof IOException ? why : String.valueOf(e.getMessage());
        return Optional.of(new Failure(what, new ActionEnd.NotStarted(reason), reason));
    }

    private void refuseAfterFailure() {
        if (failed) {
            throw new IllegalStateException("this session has failed; it can only be ended");
        }
    }

    /// Leaves all environments, the last first, whatever became of the session; goes on after a failure.
    ///
    /// @return the first failure of an exit
    /// @throws InterruptedException when the runner was interrupted; the environments further out are not left
    public Optional<Failure> end() throws InterruptedException {
        var first = Optional.<Failure>empty();
        while (!entered.isEmpty()) {
            var failure = exit(entered.element());
            first = first.isPresent() ? first : failure;
        }
        return first;
    }

    /// The environment's own variables are still there while it is left.
    private Optional<Failure> exit(Entered inside) throws InterruptedException {
        try {
            var action = inside.environment().onExit();
            var what = "environment " + inside.environment().name() + ", exit";
            return action.isEmpty()
                    ? Optional.empty()
                    : run(what, action.get(), inside.files(), inside.symbols(), Optional.empty());
        } finally {
            entered.pop();
        }
    }

    /// Tells the running action when it will be killed: writes `cancel_info.json`. Called by the worker, before TERM,
    /// from
    /// any thread.
    ///
    /// @throws IOException when the disk refuses
    public void announceCancel(Instant notifyEnd) throws IOException {
        var text = "{\"NotifyEnd\": \"" + notifyEnd.truncatedTo(ChronoUnit.SECONDS) + "\"}\n";
        host.disk().write(directory.resolve("cancel_info.json"), utf8(text), false);
    }

    /// Ends the session if that was not done, also on a thread that was interrupted, and removes its directory.
    @Override
    public void close() {
        var interrupted = Thread.interrupted();
        try {
            while (!entered.isEmpty()) {
                interrupted |= !ended();
            }
        } finally {
            removeQuietly(directory);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean ended() {
        try {
            end();
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    /// What cannot be removed stays; the worker clears its folder when it starts.
    private void removeQuietly(Path folder) {
        try {
            if (Files.exists(folder)) {
                host.disk().remove(folder);
            }
        } catch (IOException e) {
            System.getLogger(Session.class.getName())
                    .log(System.Logger.Level.WARNING, "the folder " + folder + " cannot be removed", e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
