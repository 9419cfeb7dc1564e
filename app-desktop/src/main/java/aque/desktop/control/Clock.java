package aque.desktop.control;

import java.time.Duration;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.scene.Node;

/// What has to move on while nothing happens: ages, progress, countdowns. FX thread.
public final class Clock {
    private Clock() {}

    /// Ticks while the node stands in a window; first after one period.
    public static void whileShown(Node node, Duration period, Runnable tick) {
        var clock = new Timeline(new KeyFrame(javafx.util.Duration.millis(period.toMillis()), e -> tick.run()));
        clock.setCycleCount(Animation.INDEFINITE);
        node.sceneProperty().addListener((o, was, is) -> {
            if (is == null) {
                clock.stop();
            } else {
                clock.play();
            }
        });
    }
}
