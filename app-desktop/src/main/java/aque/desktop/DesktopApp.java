package aque.desktop;

import aque.desktop.feed.Background;
import aque.desktop.feed.Farm;
import aque.desktop.settings.Settings;
import aque.desktop.theme.Icons;
import aque.desktop.theme.Style;
import aque.desktop.theme.Texts;
import aque.desktop.theme.Theme;
import aque.local.UserFolders;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import javafx.animation.PauseTransition;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.geometry.Pos;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.image.ImageView;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import javafx.util.Duration;

/// The life of the console: a window at once, the farm when it answers, everything closed at the end. FX thread.
public final class DesktopApp extends Application {
    private static final java.time.Duration PICTURE_PATIENCE = java.time.Duration.ofMinutes(1);
    private static volatile Optional<Options> given = Optional.empty();
    private static volatile Optional<CompletableFuture<Farm>> early = Optional.empty();

    private final Settings settings =
            Settings.open(UserFolders.configOfEnvironment().resolve("console.json"));
    private final Theme theme = new Theme();
    private final Background opening = new Background(this::failed);
    private final Label progress = new Label(Texts.of("start.connecting"));
    private final Button again = new Button(Texts.of("start.again"));
    private final ProgressIndicator busy = new ProgressIndicator();
    private final PauseTransition pause = new PauseTransition(Duration.seconds(3));
    private final Instant began = Instant.now();
    private Optional<Session> session = Optional.empty();
    private Optional<Stage> window = Optional.empty();

    /// Hands over what the command line said: JavaFX makes the application itself, without arguments.
    /// The farm is opened while JavaFX starts: each takes a good part of a second.
    static void start(Options options) {
        given = Optional.of(options);
        early = Optional.of(CompletableFuture.supplyAsync(
                () -> Session.open(options.broker(), line -> {}), Thread.ofVirtual()::start));
    }

    @Override
    public void start(Stage stage) {
        var options = options();
        window = Optional.of(stage);
        var scene = new Scene(waiting(), options.width(), options.height());
        theme.dress(scene);
        theme.set(options.theme());
        stage.setTitle(Texts.of("window.title"));
        stage.getIcons().setAll(Icons.app());
        stage.setScene(scene);
        stage.show();
        open();
    }

    @Override
    public void stop() {
        session.ifPresent(Session::close);
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
        return Session.open(options().broker(), line -> opening.later(() -> progress.setText(line)));
    }

    private void opened(Farm farm) {
        var launcher = Optional.ofNullable(System.getenv("AQUE_LAUNCHER"))
                .filter(aque -> options().broker().isEmpty());
        var now = new Session(farm, settings, theme, launcher);
        session = Optional.of(now);
        var main = new MainWindow(now);
        window.ifPresent(stage -> {
            stage.getScene().setRoot(main);
            main.install(stage);
            theme.dressAgain(stage.getScene());
            stage.setTitle(Texts.of("window.title.of", farm.database()));
        });
        now.start();
        options().select().ifPresent(main::openJob);
        options().picture().ifPresent(file -> new Picture(main, now, options(), file).takeWhenShown());
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
