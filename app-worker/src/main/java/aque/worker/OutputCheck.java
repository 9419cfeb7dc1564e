package aque.worker;

import aque.log.Channel;
import aque.openjd.JobDocument;
import aque.openjd.TaskParameters;
import aque.submit.ExpectedFile;
import aque.submit.ExpectedFile.Look;
import aque.submit.FolderNames;
import aque.submit.Outputs;
import aque.submit.SceneCopy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/// Looks after a task that ended well for what its template says it must leave (A110). A virtual thread waits for it.
final class OutputCheck {
    /// Of a task that exited with 0 and left not all of its files, or not whole.
    static final Verdict MISSING = new Verdict(0, OptionalInt.empty(), "output_missing", false);

    /// Another machine's disk may show a file a little later.
    private static final Duration LATE = Duration.ofSeconds(1);

    private static final int MOST_NAMED = 10;

    private OutputCheck() {}

    /// Whether all is there; what is not is said in the task's log, and as its status.
    static boolean passes(TaskRun run, JobDocument job, int step, TaskParameters task) throws InterruptedException {
        flagChanged(run, job);
        var cwd = Path.of(run.claim().cwd());
        var expected = Outputs.of(job, job.steps().get(step), task, cwd, run.here()::path);
        var wrong = wrong(expected);
        if (!wrong.isEmpty()) {
            Thread.sleep(LATE);
            wrong = wrong(wrong);
        }
        if (wrong.isEmpty()) {
            return true;
        }
        for (var file : wrong.subList(0, Math.min(MOST_NAMED, wrong.size()))) {
            var what = file.look() == Look.MISSING ? "is not there: " : "is not whole: ";
            run.tap().note(Channel.LOG, "aque: expected, and " + what + file);
        }
        run.voice()
                .status(wrong.size() + " of " + expected.size() + " files are not there or not whole: "
                        + wrong.getFirst());
        return false;
    }

    private static List<ExpectedFile> wrong(List<ExpectedFile> files) {
        var names = new FolderNames();
        return files.stream().filter(f -> f.look(names) != Look.FOUND).toList();
    }

    /// Frames of a scene that is another one by now are no failure, but somebody should know.
    private static void flagChanged(TaskRun run, JobDocument job) {
        for (var file : job.watched()) {
            var here = Path.of(job.pathMapping().apply(file.path()));
            if (SceneCopy.changed(file, here)) {
                var flag = "made from a file that has changed since the submit: " + here;
                run.tap().note(Channel.LOG, "aque: " + flag);
                run.voice().status(flag);
            }
        }
    }
}
