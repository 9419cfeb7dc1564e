package aque.desktop;

import aque.desktop.feed.Background;
import aque.desktop.feed.FarmModel;
import aque.desktop.theme.Tone;
import aque.local.LocalPostgres;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Sees to it that the user's own farm has a worker on this machine while there is work: the worker ends by itself
/// when it was idle. The launcher knows how one is started. FX thread; starting is done in the background.
final class LocalWorker {
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final String IDLE = "300s";

    private final FarmModel model;
    private final Background background;
    private final List<String> command;
    private Instant last = Instant.EPOCH;

    /// @param launcher the program `aque`
    LocalWorker(FarmModel model, Background background, String launcher) {
        this.model = model;
        this.background = background;
        this.command = List.of(launcher, "--broker", "", "worker", "--idle-exit", IDLE);
        model.listen(change -> look());
    }

    private void look() {
        boolean work = model.jobs().stream().anyMatch(job -> job.tally().of(Tone.PENDING) > 0);
        boolean worker = model.workers().stream().anyMatch(w -> !w.state().equals("lost"));
        if (work && !worker && last.plus(PAUSE).isBefore(Instant.now())) {
            last = Instant.now();
            background.run("worker", () -> LocalPostgres.ofUser().seeToWorker(command), started -> {});
        }
    }
}
