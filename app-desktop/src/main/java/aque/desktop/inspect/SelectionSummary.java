package aque.desktop.inspect;

import aque.desktop.feed.FarmModel;
import aque.desktop.feed.Row;
import aque.desktop.feed.Selection;
import aque.desktop.theme.Figures;
import aque.desktop.theme.Icons;
import aque.desktop.theme.Style;
import aque.desktop.theme.Texts;
import aque.desktop.theme.Tone;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import javafx.animation.PauseTransition;
import javafx.scene.control.Label;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

/// What is selected when it is more than one: how many tasks of how many jobs and owners, and in which states. Seen
/// only then. FX thread.
public final class SelectionSummary extends VBox {
    private final FarmModel farm;
    private final Selection selection;
    private final Label head = new Label();
    private final FlowPane states = new FlowPane(12, 4);
    // A storm is summed up four times a second, not a thousand times.
    private final PauseTransition pause = new PauseTransition(Duration.millis(250));

    public SelectionSummary(FarmModel farm, Selection selection) {
        this.farm = farm;
        this.selection = selection;
        getStyleClass().addAll(Style.PANEL, "selection-summary");
        setId("selection-summary");
        head.getStyleClass().add(Style.STRONG);
        head.setWrapText(true);
        getChildren().addAll(head, states);
        pause.setOnFinished(e -> show());
        selection.listen(this::show);
        farm.listen(change -> {
            if (isVisible() && pause.getStatus() != javafx.animation.Animation.Status.RUNNING) {
                pause.playFromStart();
            }
        });
        show();
    }

    private void show() {
        boolean many = selection.ids().size() > 1;
        setVisible(many);
        setManaged(many);
        if (!many) {
            return;
        }
        var rows = selection.ids().stream().flatMap(id -> farm.row(id).stream()).toList();
        var counts = count(rows);
        int tasks = counts.values().stream().mapToInt(Integer::intValue).sum();
        long jobs = rows.stream().map(row -> row.view().job()).distinct().count();
        var owners =
                rows.stream().map(row -> row.view().owner()).distinct().sorted().toList();
        head.setText(Texts.of("selection.head", Figures.count(tasks), jobs, String.join(", ", owners)));
        states.getChildren()
                .setAll(counts.entrySet().stream().map(SelectionSummary::state).toList());
        setAccessibleText(head.getText());
    }

    /// Each task once, though its group is selected too.
    private static Map<Tone, Integer> count(Collection<Row> rows) {
        var counts = new EnumMap<Tone, Integer>(Tone.class);
        var chosen = new LinkedHashSet<>(rows);
        for (var row : rows) {
            if (below(row, chosen)) {
                continue;
            }
            if (!row.isContainer()) {
                counts.merge(row.tone(), 1, Integer::sum);
                continue;
            }
            for (var tone : Tone.values()) {
                if (row.tally().of(tone) > 0) {
                    counts.merge(tone, row.tally().of(tone), Integer::sum);
                }
            }
        }
        return counts;
    }

    private static boolean below(Row row, Collection<Row> chosen) {
        for (Optional<Row> above = row.parent();
                above.isPresent();
                above = above.get().parent()) {
            if (chosen.contains(above.get())) {
                return true;
            }
        }
        return false;
    }

    private static Label state(Map.Entry<Tone, Integer> count) {
        var label = new Label(
                Texts.of(
                        "selection.state",
                        Figures.count(count.getValue()),
                        count.getKey().word()),
                Icons.glyph(count.getKey(), 12));
        label.getStyleClass().add(Style.FIELD_VALUE);
        return label;
    }
}
