package aque.submit;

import aque.schedule.Needs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a scene does not say by itself, its own tool can tell: a short task that prints lines `PARAMETER=VALUE`.
///
/// @param scene its file's name, for people
/// @param argv the tool and its words
public record Inspection(String scene, List<String> argv) {
    /// Somebody waits for it before a form.
    private static final int PRIORITY = 2000;

    private static final Duration LONGEST = Duration.ofMinutes(5);
    /// A worker without the tool fails it at once; the next try is on another.
    private static final int HOSTS = 8;

    public Inspection {
        argv = List.copyOf(argv);
    }

    /// The task as a job of its own.
    public Submission submission(String owner, Path cwd) {
        var options =
                TaskOptions.NONE.withTimeout(LONGEST).withRetries(HOSTS - 1).withFailOn(HOSTS);
        var task = new NewTask(name(), new Work.Command(argv), -1, List.of(), Needs.ONE_CPU, 0, options);
        return Submission.of(name(), owner, cwd, List.of(task))
                .withPriority(PRIORITY)
                .withEnvironment(EnvironmentPolicy.ofUser().forTemplates(System.getenv()));
    }

    private String name() {
        return "inspect " + scene;
    }

    /// What was printed of these parameters; everything else that tools print is passed over.
    public static Map<String, String> values(String printed, Collection<String> asked) {
        var out = new LinkedHashMap<String, String>();
        printed.lines().forEach(line -> {
            var equals = line.indexOf('=');
            if (equals > 0 && asked.contains(line.substring(0, equals))) {
                out.put(line.substring(0, equals), line.substring(equals + 1).strip());
            }
        });
        return out;
    }
}
