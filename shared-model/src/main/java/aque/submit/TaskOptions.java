package aque.submit;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// What few tasks say: everything has a default, and only what differs is stored.
///
/// @param cwd in place of the job's
/// @param env over the job's
/// @param grace seconds between TERM and KILL
/// @param timeout seconds until it is stopped with the reason `timeout`; 0 never
/// @param retries how many failures are tried again
/// @param onLost `retry` or `fail` when its worker is lost (W12)
/// @param stdin file to read as standard input, in place of nothing
/// @param stdout file that gets a copy of standard output; `stderr` likewise
/// @param pipeFrom id of the task whose standard output is this one's standard input, 0 none (A85)
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record TaskOptions(
        String cwd,
        Map<String, String> env,
        int grace,
        long timeout,
        int retries,
        String onLost,
        String stdin,
        String stdout,
        String stderr,
        long pipeFrom) {
    public static final int DEFAULT_GRACE = 10;
    public static final TaskOptions NONE = new TaskOptions("", Map.of(), 0, 0, 0, "", "", "", "", 0);

    public TaskOptions {
        cwd = cwd == null ? "" : cwd;
        env = env == null ? Map.of() : Map.copyOf(env);
        onLost = onLost == null ? "" : onLost;
        stdin = stdin == null ? "" : stdin;
        stdout = stdout == null ? "" : stdout;
        stderr = stderr == null ? "" : stderr;
    }

    public Duration graceTime() {
        return Duration.ofSeconds(grace == 0 ? DEFAULT_GRACE : grace);
    }

    public Optional<Duration> timeLimit() {
        return timeout == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(timeout));
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
}
