package aque.desktop.control;

import aque.desktop.theme.Style;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;

/// A small bar and its figures: how much of something is used. In a narrow cell the bar gives way to the figures. FX
/// thread.
public final class Meter extends HBox {
    private static final double BAR = 48;
    private static final double LEAST = 16;

    private final ProgressBar bar = new ProgressBar(0);
    private final Label figures = new Label();

    public Meter() {
        super(8);
        setAlignment(Pos.CENTER_LEFT);
        bar.setPrefWidth(BAR);
        bar.setMinWidth(LEAST);
        figures.getStyleClass().add(Style.MUTED);
        figures.setMinWidth(Region.USE_PREF_SIZE);
        getChildren().addAll(bar, figures);
    }

    /// @param part 0 to 1
    public void show(double part, String words) {
        bar.setProgress(Math.clamp(part, 0, 1));
        figures.setText(words);
    }
}
