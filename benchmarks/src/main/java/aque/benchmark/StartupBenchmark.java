package aque.benchmark;

import aque.db.Address;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// `startup`: what a person waits for after `aque submit -- true`, from the shell to its end, beside a Python that
/// makes
/// the same insert; and after `aque desktop`, until the window is there and its picture taken, on a screen in memory.
final class StartupBenchmark implements Benchmark {
    private static final String PYTHON = "/usr/bin/python3";

    @Override
    public Figures run(Stage stage) throws Exception {
        var n = stage.options().number("starts", 30);
        var windows = stage.options().number("windows", 5);
        var farm = stage.server().freshFarm();
        var broker = farm.toString();
        var submit = List.of(Launched.AQUE, "submit", "--", "true");
        var script = script();
        var python = python(farm, script);
        var ours = new ArrayList<Double>();
        var theirs = new ArrayList<Double>();
        try {
            stage.say("building, when a source is newer");
            Launched.milliseconds(List.of(Launched.AQUE, "--version"), Map.of());
            // The cache must be on, or there is nothing to measure: the JVM ends with 1 when it is not.
            Launched.milliseconds(submit, Map.of("AQUE_BROKER", broker, "AQUE_JAVA_OPTS", "-XX:AOTMode=on"));
            Launched.milliseconds(python, Map.of());
            for (var i = 0; i < n; i++) {
                theirs.add(Launched.milliseconds(python, Map.of()));
                ours.add(Launched.milliseconds(submit, Map.of("AQUE_BROKER", broker)));
            }
        } finally {
            Files.delete(script);
        }
        var mine = Samples.of(ours);
        var peer = Samples.of(theirs);
        stage.say("aque submit %.0f ms, Python %.0f ms", mine.median(), peer.median());
        return new Figures()
                .median("submit_ms", mine)
                .row("Python, the same insert (ms)", peer)
                .figure("ratio_python", mine.median() / peer.median())
                .median("window_ms", window(stage, broker, windows))
                .condition("starts", n)
                .condition("windows", windows)
                .condition("window", "until its picture is taken, screen in memory");
    }

    private static Samples window(Stage stage, String broker, int n) throws IOException, InterruptedException {
        var picture = Files.createTempFile("aque-window-", ".png");
        var command = List.of(Launched.AQUE, "desktop", "--picture", picture.toString(), "--after", "0");
        var all = new ArrayList<Double>();
        try {
            for (var i = 0; i < n; i++) {
                all.add(Launched.milliseconds(
                        command,
                        Map.of("AQUE_BROKER", broker, "AQUE_JAVA_OPTS", "-Dglass.platform=Headless -Dprism.order=sw")));
            }
        } finally {
            Files.delete(picture);
        }
        stage.say("window %.0f ms", Samples.of(all).median());
        return Samples.of(all);
    }

    private static List<String> python(Address farm, Path script) {
        return List.of(PYTHON, script.toString(), farm.host(), farm.port() + "", farm.user(), farm.database());
    }

    private static Path script() throws IOException {
        var file = Files.createTempFile("aque-submit-", ".py");
        try (var in = StartupBenchmark.class.getResourceAsStream("submit.py")) {
            Files.copy(java.util.Objects.requireNonNull(in), file, StandardCopyOption.REPLACE_EXISTING);
        }
        return file;
    }
}
