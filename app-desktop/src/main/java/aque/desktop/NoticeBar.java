package aque.desktop;

import aque.desktop.action.Notices;
import aque.desktop.action.Notices.Notice;
import aque.desktop.theme.Icons;
import aque.desktop.theme.Style;
import aque.desktop.theme.Texts;
import java.util.Optional;
import javafx.animation.PauseTransition;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.util.Duration;

/// The sentence that floats above the foot of the window. FX thread.
final class NoticeBar extends HBox {
    private static final PseudoClass BAD = PseudoClass.getPseudoClass("bad");

    /// Milliseconds that a letter takes to read, for one who does not know the words yet.
    private static final long READING = 110;

    private final Label text = new Label();
    private final PauseTransition time = new PauseTransition();

    NoticeBar(Notices notices) {
        getStyleClass().add(Style.NOTICE);
        setId("notice");
        setMaxSize(Region.USE_PREF_SIZE, Region.USE_PREF_SIZE);
        text.setWrapText(true);
        text.setMaxWidth(640);
        var close = new Button(null, Icons.sign("mdal-close"));
        close.getStyleClass().addAll("button-icon", "flat", "small");
        close.setTooltip(new Tooltip(Texts.of("notice.close")));
        close.setAccessibleText(Texts.of("notice.close"));
        close.setOnAction(e -> notices.dismiss());
        setAlignment(Pos.CENTER);
        getChildren().addAll(text, close);
        time.setOnFinished(e -> notices.dismiss());
        notices.shown().addListener((o, was, is) -> show(is));
        show(notices.shown().get());
    }

    private void show(Optional<Notice> notice) {
        setVisible(notice.isPresent());
        time.stop();
        notice.ifPresent(now -> {
            text.setText(now.text());
            setAccessibleText(now.text());
            pseudoClassStateChanged(BAD, now.bad());
            if (!now.lasting()) {
                time.setDuration(Duration.millis(
                        Math.max(Notices.STANDS.toMillis(), READING * now.text().length())));
                time.playFromStart();
            }
        });
    }
}
