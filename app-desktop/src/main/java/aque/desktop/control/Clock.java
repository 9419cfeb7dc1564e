package aque.desktop.control;

import java.time.Duration;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.stage.Window;

/// What has to move on while nothing happens: ages, progress, countdowns. FX thread.
public final class Clock {
    private Clock() {}

    /// Ticks while the node stands in a window that is open; first after one period. A clock that runs on would keep
    /// all
    /// of a closed window alive.
    public static void whileShown(Node node, Duration period, Runnable tick) {
        var clock = new Timeline(new KeyFrame(javafx.util.Duration.millis(period.toMillis()), e -> tick.run()));
        clock.setCycleCount(Animation.INDEFINITE);
        node.sceneProperty()
                .flatMap(Scene::windowProperty)
                .flatMap(Window::showingProperty)
                .orElse(false)
                .subscribe(shown -> {
                    if (shown) {
                        clock.play();
                    } else {
                        clock.stop();
                    }
                });
    }
}
