package aque.cli;

import aque.submit.ByFrame;
import aque.submit.Submission;
import aque.task.TaskId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.apache.commons.cli.Option;

/// What a command line says that something waits for: `--dep 12`, `--dep 12/render`, `--dep shot10` (a job by its key),
/// whole or `--by-frame`.
final class Waits {
    private Waits() {}

    static List<Option> options() {
        return List.of(
                Arguments.flag("by-frame", "waits frame by frame for the tasks that hold the frames, not for all"),
                Arguments.value("frame-offset", "N", "by frame: frame f waits for f + N"),
                Arguments.value("frame-window", "N", "by frame: and for N more on either side"));
    }

    /// Does it run when what it waits for fails?
    static boolean mayRun(String word) {
        if (!List.of("fail", "run").contains(word)) {
            throw new UsageException("--on-dep-error is fail or run, not " + word);
        }
        return word.equals("run");
    }

    /// The submission, waiting for what the arguments name.
    static Submission on(Shell shell, Arguments args, Submission submission) {
        var named = tasks(shell, args.all("dep"));
        var upstream = named.isEmpty() ? named : shell.farm().chain(named);
        var out = files(args, submission);
        if (!args.has("by-frame")) {
            byFrame(args, upstream);
            var after = new LinkedHashSet<>(submission.after());
            after.addAll(upstream);
            return out.withAfter(List.copyOf(after));
        }
        if (upstream.isEmpty()) {
            throw new UsageException("--by-frame waits for what? say --dep JOB");
        }
        return out.withRules(out.rules().withByFrame(byFrame(args, upstream)));
    }

    private static Submission files(Arguments args, Submission submission) {
        var files = args.all("dep-file").stream()
                .map(f -> submission.cwd().resolve(f).normalize())
                .toList();
        return files.isEmpty()
                ? submission
                : submission.withRules(submission.rules().withFiles(files));
    }

    /// @throws UsageException for an offset or a window without `--by-frame`
    static List<ByFrame> byFrame(Arguments args, List<TaskId> upstream) {
        if (!args.has("by-frame")) {
            if (args.has("frame-offset") || args.has("frame-window")) {
                throw new UsageException("--frame-offset and --frame-window go with --by-frame");
            }
            return List.of();
        }
        var offset = args.get("frame-offset")
                .map(n -> Units.number("the frame offset", n))
                .orElse(0);
        var window = args.get("frame-window")
                .map(n -> Units.number("the frame window", n))
                .orElse(0);
        if (window < 0) {
            throw new UsageException("--frame-window is 0 or more");
        }
        return upstream.stream().map(u -> ByFrame.of(u, offset, window)).toList();
    }

    /// Tasks as people name them, each once.
    static List<TaskId> tasks(Shell shell, List<String> words) {
        var out = new LinkedHashSet<TaskId>();
        for (var word : words) {
            for (var part : word.strip().split("[\\s,]+")) {
                out.add(TaskId.parse(part)
                        .or(() -> named(shell, part))
                        .orElseThrow(() -> new UsageException("no task " + part)));
            }
        }
        return new ArrayList<>(out);
    }

    /// `12/render`, or a key: one's own, or with its group before it.
    private static Optional<TaskId> named(Shell shell, String word) {
        var slash = word.indexOf('/');
        var job = slash < 0 ? Optional.<TaskId>empty() : TaskId.parse(word.substring(0, slash));
        if (job.isPresent()) {
            return shell.farm().part(job.get(), word.substring(slash + 1));
        }
        return shell.farm().jobOfKey(slash < 0 ? System.getProperty("user.name") + "/" + word : word);
    }

    /// A path, where one is meant and not a task.
    static Optional<Path> file(String word) {
        return word.startsWith("/") || word.startsWith("./")
                ? Optional.of(Path.of(word).toAbsolutePath().normalize())
                : Optional.empty();
    }
}
