package aque.desktop.submit;

import aque.desktop.theme.Icons;
import aque.desktop.theme.Style;
import aque.desktop.theme.Texts;
import aque.submit.Routine;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The library of templates: a line each with what it is for and what may be dropped for it; a broken one says why it
/// is. Enter or two clicks open its form. FX thread.
public final class LibraryView extends BorderPane {
    private static final double ROW = 46;

    private final Consumer<Routine> fillIn;
    private final ListView<Routine> list = new ListView<>();

    /// @param fillIn opens the form of a template
    public LibraryView(LibraryModel model, Consumer<Routine> fillIn) {
        this.fillIn = fillIn;
        getStyleClass().addAll(Style.PANEL, "library");
        var filter = new TextField();
        filter.setId("library-filter");
        filter.setPromptText(Texts.of("library.filter"));
        filter.setAccessibleText(Texts.of("library.filter"));
        filter.textProperty().bindBidirectional(model.filter());
        HBox.setHgrow(filter, Priority.ALWAYS);
        var read = new Button("", Icons.sign("mdmz-refresh"));
        read.getStyleClass().add(Style.SMALL);
        read.setTooltip(new Tooltip(Texts.of("library.read")));
        read.setAccessibleText(Texts.of("library.read"));
        read.setOnAction(e -> model.read());
        var head = new HBox(8, filter, read);
        head.setAlignment(Pos.CENTER_LEFT);
        setTop(head);
        list.setId("library");
        list.setFixedCellSize(ROW);
        list.setAccessibleText(Texts.of("library.accessible"));
        list.setCellFactory(l -> new Cell());
        list.addEventHandler(KeyEvent.KEY_PRESSED, e -> {
            if (e.getCode() == KeyCode.ENTER) {
                open(list.getSelectionModel().getSelectedItem());
                e.consume();
            }
        });
        var empty = new Label();
        empty.textProperty().bind(model.reading().map(is -> Texts.of(is ? "library.reading" : "library.empty")));
        empty.getStyleClass().add(Style.EMPTY);
        list.setPlaceholder(empty);
        setCenter(list);
        model.shown().addListener((o, was, is) -> list.getItems().setAll(is));
        list.getItems().setAll(model.shown().get());
        model.read();
    }

    private void open(@Nullable Routine routine) {
        Optional.ofNullable(routine).filter(r -> r.template().isPresent()).ifPresent(fillIn);
    }

    private final class Cell extends ListCell<Routine> {
        private final Label name = new Label();
        private final Label endings = new Label();
        private final Label words = new Label();
        private final VBox both = new VBox(2, new HBox(10, name, endings), words);

        Cell() {
            name.getStyleClass().add(Style.STRONG);
            endings.getStyleClass().add(Style.MUTED);
            // As wide as the list: what is longer is in the hint.
            setPrefWidth(0);
            both.setAlignment(Pos.CENTER_LEFT);
            setOnMouseClicked(e -> {
                if (e.getClickCount() == 2) {
                    open(getItem());
                }
            });
        }

        @Override
        protected void updateItem(@Nullable Routine routine, boolean empty) {
            super.updateItem(routine, empty);
            if (routine == null || empty) {
                setGraphic(null);
                setTooltip(null);
                return;
            }
            var broken = routine.template().isEmpty();
            name.setText(routine.name());
            endings.setText(routine.extensions().stream().map(e -> "." + e).collect(Collectors.joining(" ")));
            words.setText(broken ? routine.problems().getFirst() : routine.summary());
            words.getStyleClass().setAll("label", broken ? "refusal" : Style.CAPTION);
            var hint = broken ? String.join("\n", routine.problems()) : routine.summary();
            setTooltip(new Tooltip(hint + "\n" + routine.file()));
            setAccessibleText(routine.name() + ", " + words.getText());
            setGraphic(both);
        }
    }
}
