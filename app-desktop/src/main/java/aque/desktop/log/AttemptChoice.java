package aque.desktop.log;

import aque.desktop.theme.Figures;
import aque.desktop.theme.Style;
import aque.desktop.theme.Texts;
import aque.farm.AttemptView;
import java.time.Duration;
import java.util.List;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.MenuButton;
import javafx.scene.layout.Region;

/// Chooses the attempt whose log is shown; not there for a task that was begun once. FX thread.
final class AttemptChoice extends MenuButton {
    private final LogModel model;

    AttemptChoice(LogModel model) {
        this.model = model;
        setId("log-attempt");
        getStyleClass().add(Style.PICK);
        setMinWidth(Region.USE_PREF_SIZE);
        model.log().addListener((o, was, is) -> refill());
        model.ended().addListener((o, was, is) -> refill());
        refill();
    }

    private void refill() {
        int last = model.row().get().map(row -> row.view().attempt()).orElse(0);
        int now = model.log().get().map(id -> id.attempt()).orElse(0);
        setVisible(last > 1);
        setManaged(last > 1);
        setText(Texts.of("log.attempt", now, last));
        getItems().clear();
        for (int number = last; number >= 1; number--) {
            int chosen = number;
            var item = new CheckMenuItem(words(number, model.ended().get()));
            item.setSelected(number == now);
            item.setOnAction(e -> model.choose(chosen));
            getItems().add(item);
        }
    }

    private static String words(int number, List<AttemptView> ended) {
        return ended.stream()
                .filter(a -> a.attempt() == number)
                .findFirst()
                .map(a -> Texts.of(
                        "log.attempt.ended",
                        number,
                        a.end(),
                        a.worker(),
                        Figures.duration(Duration.between(a.started(), a.ended()))))
                .orElse(Texts.of("log.attempt.now", number));
    }
}
