package aque.desktop;

import aque.db.Address;
import aque.desktop.action.Notices;
import aque.desktop.feed.Background;
import aque.desktop.feed.Farm;
import aque.desktop.feed.FarmModel;
import aque.desktop.theme.Texts;
import aque.farm.HostName;
import aque.farm.WorkerView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/// Lends the machine that this console is on to the farm, and takes it back: its worker is started when there is none,
/// takes no more work while the person wants the machine, and works on when asked again. FX thread; what takes time is
/// done in the background.
final class OwnMachine {
    private final Farm farm;
    private final FarmModel model;
    private final Background background;
    private final Notices notices;
    private final Optional<Path> aque;
    private final String host;

    /// @param aque the program that is started as a worker; nothing when it is not known
    OwnMachine(Farm farm, FarmModel model, Background background, Notices notices, Optional<Path> aque) {
        this.farm = farm;
        this.model = model;
        this.background = background;
        this.notices = notices;
        this.aque = aque;
        this.host = HostName.here();
    }

    /// Works for the farm now?
    boolean lent() {
        return mine().stream().anyMatch(worker -> worker.state().equals("up"));
    }

    boolean applies() {
        return aque.isPresent() || !mine().isEmpty();
    }

    void toggle() {
        var ids = mine().stream().map(WorkerView::id).toList();
        if (lent()) {
            act("machine.back", () -> farm.broker().drain(ids));
        } else if (!ids.isEmpty()) {
            act("machine.lent", () -> farm.broker().undrain(ids));
        } else {
            aque.ifPresent(program -> act("machine.started", () -> start(program)));
        }
    }

    private List<WorkerView> mine() {
        return model.workers().stream()
                .filter(worker -> worker.host().equals(host) && !worker.state().equals("lost"))
                .toList();
    }

    private void act(String sentence, Callable<?> what) {
        background.run("machine", what, done -> notices.done(Texts.of(sentence, host)));
    }

    /// In a session of its own: it outlives the console, and the terminal that this was started from. A password that
    /// came with `AQUE_BROKER` goes on to it.
    private ProcessHandle start(Path program) throws IOException {
        var broker = farm.address().toString();
        var log = Files.createTempFile("aque-worker-", ".log").toFile();
        var builder = new ProcessBuilder("setsid", program.toString(), "worker")
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(log);
        builder.environment().compute("AQUE_BROKER", (name, url) -> url != null && same(url, broker) ? url : broker);
        return builder.start().toHandle();
    }

    private static boolean same(String url, String broker) {
        return !url.isBlank() && Address.parse(url).toString().equals(broker);
    }
}
