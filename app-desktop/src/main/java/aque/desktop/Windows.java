package aque.desktop;

import aque.desktop.settings.Settings;
import aque.desktop.theme.Theme;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.stage.Stage;
import javafx.util.Duration;

/// The windows of this console, each with a connection of its own. How they stand is kept every second while something
/// differs: after a crash they are as they were. FX thread.
final class Windows implements AutoCloseable {
    private static final String WINDOWS = "windows";
    private static final String THEME = "theme";

    private final Settings settings;
    private final List<Shown> open = new ArrayList<>();
    private final Timeline clock = new Timeline(new KeyFrame(Duration.seconds(1), e -> keep()));

    private record Shown(Stage stage, Session session, MainWindow window) {}

    record Kept(List<WindowState> windows) {}

    record Dress(Theme.Mode mode) {}

    Windows(Settings settings) {
        this.settings = settings;
        clock.setCycleCount(Timeline.INDEFINITE);
    }

    /// How the windows stood when the console was last seen.
    List<WindowState> before() {
        return settings.get(WINDOWS, Kept.class).map(Kept::windows).orElse(List.of());
    }

    /// The theme that was last chosen.
    Optional<Theme.Mode> theme() {
        return settings.get(THEME, Dress.class).map(Dress::mode);
    }

    /// Takes care of a window from now on, until it is closed.
    void add(Stage stage, Session session, MainWindow window) {
        open.add(new Shown(stage, session, window));
        session.theme.mode().addListener((o, was, is) -> dress(is));
        stage.setOnHidden(e -> forget(stage));
        clock.play();
    }

    /// Writes down how everything stands.
    void keep() {
        if (open.isEmpty()) {
            return;
        }
        open.forEach(shown -> shown.window.keepLayout());
        settings.put(
                WINDOWS,
                new Kept(open.stream()
                        .filter(shown -> !shown.stage.isIconified())
                        .map(shown -> WindowState.of(shown.stage, shown.session, shown.window))
                        .toList()));
        settings.put(THEME, new Dress(open.getFirst().session.theme.mode().get()));
    }

    /// Every window wears the same.
    private void dress(Theme.Mode mode) {
        open.stream()
                .filter(shown -> shown.session.theme.mode().get() != mode)
                .forEach(shown -> shown.session.theme.set(mode));
    }

    /// The last window to close stays in the settings: it is the one that opens next time.
    private void forget(Stage stage) {
        if (open.size() == 1) {
            keep();
        }
        for (var shown : List.copyOf(open)) {
            if (shown.stage == stage) {
                open.remove(shown);
                shown.session.close();
            }
        }
        if (!open.isEmpty()) {
            keep();
        }
    }

    @Override
    public void close() {
        clock.stop();
        keep();
        List.copyOf(open).forEach(shown -> shown.session.close());
        open.clear();
    }
}
