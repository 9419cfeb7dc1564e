package aque.cli;

import aque.farm.JobSummary;
import java.time.Duration;
import java.time.Instant;

/// One line on stderr that tells how far a job is: rewritten in place on a terminal, a new line at each tenth
/// elsewhere.
final class ProgressBar {
    private static final int WIDTH = 30;
    private final Shell shell;
    private final boolean terminal =
            System.console() != null && System.console().isTerminal();
    private final Instant began = Instant.now();
    private int told = -1;

    ProgressBar(Shell shell) {
        this.shell = shell;
    }

    void show(JobSummary job) {
        var step = terminal ? (int) (job.done() * 10) + job.running() : (int) (job.done() / 10);
        if (step == told && !terminal) {
            return;
        }
        told = step;
        var line = line(job);
        if (terminal) {
            shell.err().print("\r\033[K" + line);
        } else {
            shell.err().println(line);
        }
    }

    void end(JobSummary job) {
        shell.err().println((terminal ? "\r\033[K" : "") + line(job));
    }

    private String line(JobSummary job) {
        var full = (int) Math.round(job.done() / 100 * WIDTH);
        var running = Math.min(WIDTH - full, job.running());
        var bar = "█".repeat(full) + "▓".repeat(running) + "░".repeat(WIDTH - full - running);
        var seconds = Duration.between(began, Instant.now()).toSeconds();
        return "%s %3.0f%%  %d of %d done, %d running, %d waiting%s  %d:%02d"
                .formatted(
                        bar,
                        job.done(),
                        job.success(),
                        job.total(),
                        job.running(),
                        job.waiting() + job.pending(),
                        job.error() > 0 ? ", " + job.error() + " failed" : "",
                        seconds / 60,
                        seconds % 60);
    }
}
