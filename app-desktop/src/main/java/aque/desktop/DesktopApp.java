package aque.desktop;

import aque.desktop.feed.Background;
import aque.desktop.feed.Farm;
import aque.desktop.settings.Settings;
import aque.desktop.theme.Icons;
import aque.desktop.theme.Style;
import aque.desktop.theme.Texts;
import aque.desktop.theme.Theme;
import aque.local.UserFolders;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import javafx.animation.PauseTransition;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.geometry.Pos;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.image.ImageView;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Screen;
import javafx.stage.Stage;
import javafx.util.Duration;

/// The life of the console: a window at once, the farm when it answers, everything closed at the end. FX thread.
public final class DesktopApp extends Application {
    private static final java.time.Duration PICTURE_PATIENCE = java.time.Duration.ofMinutes(1);
    /// Height that a window manager takes for a title.
    private static final double TITLE = 40;
    private static volatile Optional<Options> given = Optional.empty();
    private static volatile Optional<CompletableFuture<Farm>> early = Optional.empty();
    /// Shows what takes long at the first start, such as making a database; nothing before there is a window.
    private static volatile Consumer<String> tell = line -> {};

    private final Settings settings = Settings.open(settingsFile());
    private final Windows windows = new Windows(settings);
    private final Theme theme = new Theme();
    private final Background opening = new Background(this::failed);
    private final Label progress = new Label(Texts.of("start.connecting"));
    private final Button again = new Button(Texts.of("start.again"));
    private final ProgressIndicator busy = new ProgressIndicator();
    private final PauseTransition pause = new PauseTransition(Duration.seconds(3));
    private final Instant began = Instant.now();
    private Optional<Stage> window = Optional.empty();

    /// Hands over what the command line said: JavaFX makes the application itself, without arguments.
    /// The farm is opened while JavaFX starts: each takes a good part of a second.
    static void start(Options options) {
        given = Optional.of(options);
        early = Optional.of(CompletableFuture.supplyAsync(
                () -> Session.open(options.broker(), line -> tell.accept(line)), Thread.ofVirtual()::start));
    }

    @Override
    public void start(Stage stage) {
        var options = options();
        window = Optional.of(stage);
        theme.set(options.theme().or(windows::theme).orElse(Theme.Mode.DARK));
        dress(stage, theme, waiting());
        before().ifPresent(state -> state.place(stage));
        stage.show();
        tell = line -> opening.later(() -> progress.setText(line));
        open();
    }

    /// A picture is of what was asked for, not of what somebody left.
    private static Path settingsFile() {
        return options().picture().isPresent()
                ? Path.of(
                        System.getProperty("java.io.tmpdir"),
                        "aque-picture-" + ProcessHandle.current().pid(),
                        "console.json")
                : UserFolders.configOfEnvironment().resolve("console.json");
    }

    /// How the first window stood, unless the command line says how large it shall be.
    private Optional<WindowState> before() {
        return options().width() > 0
                ? Optional.empty()
                : windows.before().stream().findFirst();
    }

    private static void dress(Stage stage, Theme theme, Parent content) {
        boolean said = options().width() > 0;
        var screen = Screen.getPrimary().getVisualBounds();
        var scene = new Scene(
                content,
                said ? options().width() : Math.min(WindowState.WIDTH, screen.getWidth()),
                said ? options().height() : Math.min(WindowState.HEIGHT, screen.getHeight() - TITLE));
        theme.dress(scene);
        stage.setTitle(Texts.of("window.title"));
        stage.getIcons().setAll(Icons.app());
        stage.setScene(scene);
    }

    @Override
    public void stop() {
        windows.close();
        opening.close();
        settings.close();
    }

    private static Options options() {
        return given.orElseGet(Options::parse);
    }

    private VBox waiting() {
        busy.setMaxSize(28, 28);
        again.setVisible(false);
        again.setOnAction(e -> open());
        pause.setOnFinished(e -> open());
        progress.setWrapText(true);
        progress.setMaxWidth(560);
        progress.setAlignment(Pos.CENTER);
        var box = new VBox(16, new ImageView(Icons.app(64)), progress, busy, again);
        box.setAlignment(Pos.CENTER);
        box.getStyleClass().add(Style.PANEL);
        return box;
    }

    private void open() {
        pause.stop();
        again.setVisible(false);
        busy.setVisible(true);
        var first = early;
        early = Optional.empty();
        opening.run("open", () -> first.isPresent() ? await(first.get()) : openNow(), this::opened);
    }

    private static Farm await(CompletableFuture<Farm> early) throws Exception {
        try {
            return early.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private Farm openNow() {
        return Session.open(options().broker(), tell);
    }

    private void opened(Farm farm) {
        window.ifPresent(stage -> {
            var now = new Session(farm, settings, theme, launcher());
            var main = fill(stage, now, before());
            options().select().ifPresent(main::openJob);
            options().picture().ifPresent(file -> new Picture(main, now, options(), file).takeWhenShown());
        });
        if (options().picture().isEmpty()) {
            windows.before().stream().skip(1).forEach(state -> openAnother(Optional.of(state)));
        }
    }

    private static Optional<String> launcher() {
        return Optional.ofNullable(System.getenv("AQUE_LAUNCHER"))
                .filter(aque -> options().broker().isEmpty());
    }

    private MainWindow fill(Stage stage, Session session, Optional<WindowState> before) {
        // Rows are read while the window is made.
        session.start();
        var main = new MainWindow(session);
        main.onAnother(() -> openAnother(Optional.empty()));
        stage.getScene().setRoot(main);
        main.install(stage);
        session.theme.dressAgain(stage.getScene());
        stage.setTitle(Texts.of("window.title.of", session.farm.database()));
        before.ifPresent(state -> state.show(session, main));
        windows.add(stage, session, main);
        return main;
    }

    /// Another window onto the same farm, with a connection, a view and a selection of its own.
    private void openAnother(Optional<WindowState> before) {
        opening.run("open", this::openNow, farm -> {
            var stage = new Stage();
            var own = new Theme();
            own.set(theme.mode().get());
            dress(stage, own, new StackPane());
            before.ifPresent(state -> state.place(stage));
            // One window alone sees to a worker.
            fill(stage, new Session(farm, settings, own, Optional.empty()), before);
            stage.show();
        });
    }

    /// A farm that does not answer may be starting, or its machine busy: it is asked again by itself.
    private void failed(String sentence) {
        busy.setVisible(false);
        again.setVisible(true);
        progress.setText(sentence);
        if (options().picture().isPresent() && began.plus(PICTURE_PATIENCE).isBefore(Instant.now())) {
            System.err.println("aque desktop: " + sentence);
            Platform.exit();
            Runtime.getRuntime().exit(69);
        }
        pause.playFromStart();
    }
}
