package aque.session;

import aque.openjd.Job;
import aque.openjd.JobDocument;
import aque.openjd.PathMapping;
import aque.openjd.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// Runs all tasks of a job on one thread: a session for each step, in the order of dependencies.
final class WholeJob {

    final PlainRunner runner;
    final Heard heard = new Heard();
    private final Path parent;

    WholeJob(Path parent, String path) {
        this.parent = parent;
        this.runner = new PlainRunner(Optional.of(path));
    }

    Optional<Failure> run(Job job, PathMapping mapping) throws IOException, InterruptedException {
        // As the worker does, from the text that the database holds.
        var document = JobDocument.fromJson(JobDocument.of(job, mapping).toJson());
        for (var step : inOrder(job)) {
            var failure = run(document, step);
            if (failure.isPresent()) {
                return failure;
            }
        }
        return Optional.empty();
    }

    private static List<Step> inOrder(Job job) {
        var ordered = new ArrayList<Step>();
        var done = new HashSet<String>();
        while (ordered.size() < job.steps().size()) {
            job.steps().stream()
                    .filter(step -> !done.contains(step.name()) && done.containsAll(step.dependencies()))
                    .forEach(step -> {
                        ordered.add(step);
                        done.add(step.name());
                    });
        }
        return ordered;
    }

    private Optional<Failure> run(JobDocument document, Step step) throws IOException, InterruptedException {
        var script = document.step(step.name()).orElseThrow();
        try (var session = Session.open(document, parent, SessionHost.PLAIN, runner, heard)) {
            var failure = session.enter(document.environments());
            failure = failure.isPresent() ? failure : session.enter(script.environments());
            for (long i = 0; i < step.parameterSpace().size() && failure.isEmpty(); i++) {
                failure = session.run(script, step.parameterSpace().get(i));
            }
            var end = session.end();
            return failure.isPresent() ? failure : end;
        }
    }
}
