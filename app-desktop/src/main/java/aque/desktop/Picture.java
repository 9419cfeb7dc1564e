package aque.desktop;

import aque.event.FeedStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import javafx.animation.KeyFrame;
import javafx.animation.PauseTransition;
import javafx.animation.Timeline;
import javafx.application.Platform;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.image.WritableImage;
import javafx.util.Duration;
import javax.imageio.ImageIO;

/// Takes one picture of the window once it shows something worth it: rows, of the job that was asked for a running
/// task, of an empty farm its first page. Then ends the console with 0, or with 1 when nothing came in a minute. FX
/// thread.
final class Picture {
    private static final Duration LOOK = Duration.millis(200);
    private static final Duration SETTLE = Duration.seconds(2.5);
    /// A task is looked at every other second: its curves are lines after a few.
    private static final Duration CURVES = Duration.seconds(12);
    private static final Duration PATIENCE = Duration.minutes(1);
    /// A farm that is live and shows no job for so long has none.
    private static final Duration EMPTY = Duration.seconds(3);

    private final MainWindow window;
    private final Session session;
    private final Options options;
    private final Path file;
    private Duration waited = Duration.ZERO;
    private Duration empty = Duration.ZERO;

    Picture(MainWindow window, Session session, Options options, Path file) {
        this.window = window;
        this.session = session;
        this.options = options;
        this.file = file;
    }

    void takeWhenShown() {
        lookUntil(() -> {
            if (shown()) {
                takeAfter(Duration.seconds(Math.max(1, options.after().toSeconds())));
            } else if (waited.greaterThan(PATIENCE)) {
                System.err.println("aque desktop: nothing to take a picture of within a minute");
                end(1);
            } else {
                return false;
            }
            return true;
        });
    }

    /// @param done asked again and again, with how long that has been going on in `waited`, until it says so
    private void lookUntil(BooleanSupplier done) {
        waited = Duration.ZERO;
        var look = new Timeline();
        look.setCycleCount(Timeline.INDEFINITE);
        look.getKeyFrames().add(new KeyFrame(LOOK, e -> {
            waited = waited.add(LOOK);
            if (done.getAsBoolean()) {
                look.stop();
            }
        }));
        look.play();
    }

    private boolean shown() {
        return options.select()
                .map(window::showsRunning)
                .orElseGet(() -> !session.model.jobs().isEmpty() || isEmpty());
    }

    private boolean isEmpty() {
        boolean live = session.model.status().get().state() == FeedStatus.State.LIVE;
        empty = live ? empty.add(LOOK) : Duration.ZERO;
        return empty.greaterThan(EMPTY);
    }

    /// The task that was chosen first may have ended since: another one is, and its log and curves are waited for.
    private void takeAfter(Duration pause) {
        var again = new PauseTransition(pause);
        again.setOnFinished(e -> {
            options.select().ifPresent(window::openJob);
            lookUntil(this::takeWithCurves);
        });
        again.play();
    }

    private boolean takeWithCurves() {
        var enough = options.select().isEmpty() || session.usage.isLine() || waited.greaterThan(CURVES);
        if (!enough || !waited.greaterThan(SETTLE)) {
            return false;
        }
        write(window.getScene().snapshot(null));
        end(0);
        return true;
    }

    private void write(WritableImage image) {
        try {
            var folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            ImageIO.write(SwingFXUtils.fromFXImage(image, null), "png", file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the picture " + file, e);
        }
    }

    private static void end(int code) {
        Platform.exit();
        Runtime.getRuntime().exit(code);
    }
}
