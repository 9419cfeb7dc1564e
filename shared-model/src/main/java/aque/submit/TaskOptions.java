package aque.submit;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// What few tasks say: everything has a default, and only what differs is stored. Standard input comes from at most one
/// of `stdin`, `stdinValue` and `pipeFrom`; relative paths start at the task's folder.
///
/// @param cwd in place of the job's
/// @param env over the job's
/// @param grace seconds between TERM and KILL
/// @param timeout seconds until it is stopped with the reason `timeout`; 0 never
/// @param retries how many failures are tried again
/// @param onLost `retry` or `fail` when its worker is lost (W12)
/// @param stdin file to read as standard input, in place of nothing
/// @param stdinValue the bytes of standard input themselves, in base64, see [#stdinBytes] (A81)
/// @param stdout file that gets a copy of standard output, the log still has it; `stderr` likewise
/// @param pipeFrom id of the task whose standard output is this one's standard input, 0 none; it is also waited for
/// (A85)
/// @param results tasks and groups whose results are its standard input, a line of JSON each, in this order, after
/// `stdinValue`; they are also waited for (A82)
/// @param exclusive two runs of it never overlap: a worker that is cut off ends it before anybody else may start it
/// @param stall seconds without output until it is stopped with the reason `stalled`; 0 never
/// @param retryDelay seconds of rest after its first failure, twice as long after each further one, an hour at most
/// @param ioPaths what it reads and writes: of equal tasks one whose paths are idle on a worker goes first there (A73)
/// @param licenceExits exit codes that mean that a licence is short: it is tried again later, no retry spent
/// @param failOn on so many hosts it must fail before it has failed; each try goes to another one
/// @param least seconds that it runs at least: a success before that is a failure with the reason `too_short`
/// @param warm its process takes so many items at most, each of them a task, one after the other; 0 for a process of
/// its own (A111)
/// @param item what the process is told to do for this task
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record TaskOptions(
        String cwd,
        Map<String, String> env,
        int grace,
        long timeout,
        int retries,
        String onLost,
        String stdin,
        String stdinValue,
        String stdout,
        String stderr,
        long pipeFrom,
        List<Long> results,
        boolean exclusive,
        long stall,
        int retryDelay,
        List<String> ioPaths,
        List<Integer> licenceExits,
        int failOn,
        long least,
        int warm,
        String item) {
    public static final int DEFAULT_GRACE = 10;
    public static final TaskOptions NONE = new TaskOptions(
            "", Map.of(), 0, 0, 0, "", "", "", "", "", 0, List.of(), false, 0, 0, List.of(), List.of(), 0, 0, 0, "");

    public TaskOptions {
        cwd = cwd == null ? "" : cwd;
        env = env == null ? Map.of() : Map.copyOf(env);
        onLost = onLost == null ? "" : onLost;
        stdin = stdin == null ? "" : stdin;
        stdinValue = stdinValue == null ? "" : stdinValue;
        stdout = stdout == null ? "" : stdout;
        stderr = stderr == null ? "" : stderr;
        results = results == null ? List.of() : List.copyOf(results);
        ioPaths = ioPaths == null ? List.of() : List.copyOf(ioPaths);
        licenceExits = licenceExits == null ? List.of() : List.copyOf(licenceExits);
        item = item == null ? "" : item;
    }

    /// Written out: every submission asks it, and the compiler's own is put together at the first call, slowly.
    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof TaskOptions o
                        && grace == o.grace
                        && timeout == o.timeout
                        && retries == o.retries
                        && pipeFrom == o.pipeFrom
                        && results.equals(o.results)
                        && exclusive == o.exclusive
                        && stall == o.stall
                        && retryDelay == o.retryDelay
                        && ioPaths.equals(o.ioPaths)
                        && licenceExits.equals(o.licenceExits)
                        && failOn == o.failOn
                        && least == o.least
                        && warm == o.warm
                        && item.equals(o.item)
                        && cwd.equals(o.cwd)
                        && env.equals(o.env)
                        && onLost.equals(o.onLost)
                        && stdin.equals(o.stdin)
                        && stdinValue.equals(o.stdinValue)
                        && stdout.equals(o.stdout)
                        && stderr.equals(o.stderr);
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                cwd,
                env,
                grace,
                timeout,
                retries,
                onLost,
                stdin,
                stdinValue,
                stdout,
                stderr,
                pipeFrom,
                results,
                exclusive,
                stall,
                retryDelay,
                ioPaths,
                licenceExits,
                failOn,
                least,
                warm,
                item);
    }

    public TaskOptions withCwd(String folder) {
        var change = new Change(this);
        change.cwd = folder;
        return change.made();
    }

    public TaskOptions withEnv(Map<String, String> e) {
        var change = new Change(this);
        change.env = e;
        return change.made();
    }

    public TaskOptions withGrace(Duration g) {
        var change = new Change(this);
        change.grace = (int) g.toSeconds();
        return change.made();
    }

    /// Whole seconds, at least one.
    public TaskOptions withTimeout(Duration t) {
        var change = new Change(this);
        change.timeout = Math.max(1, t.toSeconds());
        return change.made();
    }

    public TaskOptions withRetries(int r) {
        var change = new Change(this);
        change.retries = r;
        return change.made();
    }

    public TaskOptions withStdinFile(String file) {
        var change = new Change(this);
        change.stdin = file;
        change.stdinValue = "";
        change.pipeFrom = 0;
        return change.made();
    }

    public TaskOptions withStdinBytes(byte[] bytes) {
        var change = new Change(this);
        change.stdin = "";
        change.stdinValue = Base64.getEncoder().encodeToString(bytes);
        change.pipeFrom = 0;
        return change.made();
    }

    public TaskOptions withPipeFrom(long task) {
        var change = new Change(this);
        change.stdin = "";
        change.stdinValue = "";
        change.pipeFrom = task;
        return change.made();
    }

    /// @param tasks tasks and groups, in the order of their lines
    public TaskOptions withResults(List<Long> tasks) {
        var change = new Change(this);
        change.results = tasks;
        return change.made();
    }

    public TaskOptions withStdout(String file) {
        var change = new Change(this);
        change.stdout = file;
        return change.made();
    }

    public TaskOptions withStderr(String file) {
        var change = new Change(this);
        change.stderr = file;
        return change.made();
    }

    public TaskOptions withExclusive() {
        var change = new Change(this);
        change.exclusive = true;
        return change.made();
    }

    public TaskOptions withOnLost(String policy) {
        var change = new Change(this);
        change.onLost = policy;
        return change.made();
    }

    /// Whole seconds, at least one.
    public TaskOptions withStall(Duration t) {
        var change = new Change(this);
        change.stall = Math.max(1, t.toSeconds());
        return change.made();
    }

    public TaskOptions withRetryDelay(Duration t) {
        var change = new Change(this);
        change.retryDelay = (int) t.toSeconds();
        return change.made();
    }

    public TaskOptions withIoPaths(List<String> paths) {
        var change = new Change(this);
        change.ioPaths = paths;
        return change.made();
    }

    public TaskOptions withLicenceExits(List<Integer> codes) {
        var change = new Change(this);
        change.licenceExits = codes;
        return change.made();
    }

    public TaskOptions withFailOn(int hosts) {
        var change = new Change(this);
        change.failOn = hosts;
        return change.made();
    }

    public TaskOptions withLeast(Duration t) {
        var change = new Change(this);
        change.least = t.toSeconds();
        return change.made();
    }

    /// @param items of one process at most, at least one
    /// @param what one of them
    public TaskOptions withItem(int items, String what) {
        var change = new Change(this);
        change.warm = items;
        change.item = what;
        return change.made();
    }

    public Duration graceTime() {
        return Duration.ofSeconds(grace == 0 ? DEFAULT_GRACE : grace);
    }

    public Optional<Duration> stallLimit() {
        return stall == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(stall));
    }

    public Optional<Duration> timeLimit() {
        return timeout == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(timeout));
    }

    /// Standard input given with the submission; empty when it comes from elsewhere.
    public Optional<byte[]> stdinBytes() {
        return stdinValue.isEmpty()
                ? Optional.empty()
                : Optional.of(Base64.getDecoder().decode(stdinValue));
    }

    /// JSON of what differs from the defaults; empty when nothing does.
    public Optional<String> toJson() {
        return equals(NONE) ? Optional.empty() : Optional.of(JsonMapper.shared().writeValueAsString(this));
    }

    public static TaskOptions fromJson(String json) {
        return JsonMapper.builder()
                .disable(tools.jackson.databind.DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .build()
                .readValue(json, TaskOptions.class);
    }

    /// The fields of one that is like another but for what is set.
    private static final class Change {
        private String cwd;
        private Map<String, String> env;
        private int grace;
        private long timeout;
        private int retries;
        private String onLost;
        private String stdin;
        private String stdinValue;
        private String stdout;
        private String stderr;
        private long pipeFrom;
        private List<Long> results;
        private boolean exclusive;
        private long stall;
        private int retryDelay;
        private List<String> ioPaths;
        private List<Integer> licenceExits;
        private int failOn;
        private long least;
        private int warm;
        private String item;

        private Change(TaskOptions from) {
            cwd = from.cwd;
            env = from.env;
            grace = from.grace;
            timeout = from.timeout;
            retries = from.retries;
            onLost = from.onLost;
            stdin = from.stdin;
            stdinValue = from.stdinValue;
            stdout = from.stdout;
            stderr = from.stderr;
            pipeFrom = from.pipeFrom;
            results = from.results;
            exclusive = from.exclusive;
            stall = from.stall;
            retryDelay = from.retryDelay;
            ioPaths = from.ioPaths;
            licenceExits = from.licenceExits;
            failOn = from.failOn;
            least = from.least;
            warm = from.warm;
            item = from.item;
        }

        private TaskOptions made() {
            return new TaskOptions(
                    cwd,
                    env,
                    grace,
                    timeout,
                    retries,
                    onLost,
                    stdin,
                    stdinValue,
                    stdout,
                    stderr,
                    pipeFrom,
                    results,
                    exclusive,
                    stall,
                    retryDelay,
                    ioPaths,
                    licenceExits,
                    failOn,
                    least,
                    warm,
                    item);
        }
    }
}
