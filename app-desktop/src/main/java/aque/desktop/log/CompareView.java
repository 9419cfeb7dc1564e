package aque.desktop.log;

import aque.desktop.log.CompareModel.Compared;
import aque.desktop.log.Comparison.Kind;
import aque.desktop.log.Comparison.Row;
import aque.desktop.theme.Icons;
import aque.desktop.theme.Style;
import aque.desktop.theme.Texts;
import aque.log.LogId;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/// Two attempts of a task side by side: what differs is marked, what is the same but for figures is dim. FX thread.
final class CompareView extends BorderPane {
    private static final PseudoClass OTHER = PseudoClass.getPseudoClass("other");
    private static final PseudoClass FIGURES = PseudoClass.getPseudoClass("figures");

    private final LogModel model;
    private final ListView<Row> rows = new ListView<>();
    private final ChoiceBox<Integer> left = choice("log-compare-left");
    private final ChoiceBox<Integer> right = choice("log-compare-right");
    private final Label found = new Label();
    private int place = -1;
    private boolean filling;

    CompareView(LogModel model) {
        this.model = model;
        setId("log-compare-view");
        getStyleClass().add(Style.COMPARE);
        found.getStyleClass().add(Style.MUTED);
        found.setId("log-compare-found");
        var next = new Button(null, Icons.sign("mdal-keyboard_arrow_down"));
        next.setId("log-compare-next");
        next.getStyleClass().addAll("button-icon", "flat", Style.SMALL);
        next.setTooltip(new Tooltip(Texts.of("log.compare.next")));
        next.setAccessibleText(Texts.of("log.compare.next"));
        next.setOnAction(e -> next());
        var close = new Button(null, Icons.sign("mdal-close"));
        close.getStyleClass().addAll("button-icon", "flat", Style.SMALL);
        close.setAccessibleText(Texts.of("log.compare.close"));
        close.setTooltip(new Tooltip(Texts.of("log.compare.close")));
        close.setOnAction(e -> model.comparing().set(false));
        HBox.setHgrow(found, Priority.ALWAYS);
        found.setMaxWidth(Double.MAX_VALUE);
        var bar = new HBox(6, left, right, found, next, close);
        bar.setAlignment(Pos.CENTER_LEFT);
        setTop(bar);
        rows.setFixedCellSize(18);
        rows.setAccessibleText(Texts.of("log.compare.accessible"));
        rows.setCellFactory(list -> new RowCell());
        setCenter(rows);
        left.valueProperty().addListener((o, was, is) -> compare());
        right.valueProperty().addListener((o, was, is) -> compare());
        model.compare().shown().addListener((o, was, is) -> show(is));
        model.log().addListener((o, was, is) -> offer());
        model.comparing().addListener((o, was, is) -> offer());
        offer();
    }

    /// The attempts there are; the one that is shown against the one before.
    private void offer() {
        boolean on = model.comparing().get() && model.log().get().isPresent();
        setVisible(on);
        setManaged(on);
        if (!on) {
            model.compare().forget();
            return;
        }
        int last = model.row().get().map(row -> row.view().attempt()).orElse(1);
        int now = model.log().get().map(LogId::attempt).orElse(1);
        filling = true;
        for (var box : List.of(left, right)) {
            box.getItems().setAll(IntStream.rangeClosed(1, last).boxed().toList());
        }
        left.setValue(now > 1 ? now - 1 : 1);
        right.setValue(now > 1 ? now : last);
        filling = false;
        compare();
    }

    private void compare() {
        if (filling || left.getValue() == null || right.getValue() == null) {
            return;
        }
        model.log()
                .get()
                .ifPresent(log -> model.compare()
                        .compare(new LogId(log.task(), left.getValue()), new LogId(log.task(), right.getValue())));
    }

    private void show(Optional<Compared> compared) {
        place = -1;
        rows.getItems().setAll(compared.map(c -> c.comparison().rows()).orElse(List.of()));
        found.setText(
                compared.map(c -> Texts.of("log.compare.found", c.comparison().places()))
                        .orElse(""));
        next();
    }

    /// On to the next stretch that differs, around the end.
    private void next() {
        var items = rows.getItems();
        int wanted = place + 1;
        var there = IntStream.range(0, items.size())
                .filter(i -> items.get(i).place() == wanted)
                .findFirst();
        if (there.isPresent()) {
            place = wanted;
            rows.scrollTo(Math.max(0, there.getAsInt() - 3));
        } else if (place >= 0) {
            place = -1;
            next();
        }
    }

    private static ChoiceBox<Integer> choice(String id) {
        var box = new ChoiceBox<Integer>();
        box.setId(id);
        box.getStyleClass().add(Style.PICK);
        box.setMinWidth(Region.USE_PREF_SIZE);
        box.setConverter(new StringConverter<>() {
            @Override
            public String toString(Integer attempt) {
                return attempt == null ? "" : Texts.of("usage.attempt", attempt);
            }

            @Override
            public Integer fromString(String text) {
                throw new UnsupportedOperationException("it is only shown");
            }
        });
        return box;
    }

    private static final class RowCell extends ListCell<Row> {
        private final Label left = side();
        private final Label right = side();
        private final GridPane both = new GridPane();

        RowCell() {
            both.addRow(0, left, right);
            both.setHgap(8);
            var half = new ColumnConstraints();
            half.setPercentWidth(50);
            both.getColumnConstraints().setAll(half, half);
            setPrefWidth(0);
        }

        private static Label side() {
            var label = new Label();
            label.getStyleClass().add(Style.MONO);
            label.setMinWidth(0);
            label.setMaxWidth(Double.MAX_VALUE);
            return label;
        }

        @Override
        protected void updateItem(@Nullable Row row, boolean empty) {
            super.updateItem(row, empty);
            var kind = row == null || empty ? Kind.SAME : row.kind();
            pseudoClassStateChanged(OTHER, kind == Kind.OTHER);
            pseudoClassStateChanged(FIGURES, kind == Kind.FIGURES);
            if (row == null || empty) {
                setGraphic(null);
                return;
            }
            left.setText(row.left());
            right.setText(row.right());
            setAccessibleText(row.left() + " | " + row.right());
            setGraphic(both);
        }
    }
}
