package aque.desktop.log;

import aque.desktop.theme.Style;
import aque.desktop.theme.Texts;
import aque.log.LogHit;
import javafx.collections.ListChangeListener;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.layout.HBox;
import org.jspecify.annotations.Nullable;

/// What a search through a whole job found, line by line: the task and the line. A click goes there. FX thread.
final class LogHits extends ListView<LogHit> {
    private final LogModel model;

    LogHits(LogModel model) {
        super(model.search().hits());
        this.model = model;
        setId("log-hits");
        getStyleClass().add(Style.HITS);
        setFixedCellSize(22);
        setPrefHeight(154);
        setMinHeight(66);
        setAccessibleText(Texts.of("log.hits.accessible"));
        setCellFactory(list -> new HitCell());
        getSelectionModel().selectedItemProperty().addListener((o, was, is) -> {
            if (is != null && !model.search().current().get().equals(java.util.Optional.of(is))) {
                model.search().go(is);
            }
        });
        model.search().wholeJob().addListener((o, was, is) -> showWhenNeeded());
        getItems().addListener((ListChangeListener<LogHit>) change -> showWhenNeeded());
        showWhenNeeded();
    }

    private void showWhenNeeded() {
        boolean needed = model.search().wholeJob().get() && !getItems().isEmpty();
        setVisible(needed);
        setManaged(needed);
    }

    private final class HitCell extends ListCell<LogHit> {
        private final Label task = new Label();
        private final Label line = new Label();
        private final HBox both = new HBox(8, task, line);

        HitCell() {
            task.getStyleClass().add(Style.MUTED);
            task.setMinWidth(64);
            line.getStyleClass().add(Style.MONO);
            // As wide as the list: what is longer is cut off, not scrolled to.
            setPrefWidth(0);
        }

        @Override
        protected void updateItem(@Nullable LogHit hit, boolean empty) {
            super.updateItem(hit, empty);
            if (hit == null || empty) {
                setGraphic(null);
                return;
            }
            task.setText(model.nameOf(hit.log().task()));
            line.setText(hit.line().strip());
            setAccessibleText(task.getText() + ": " + line.getText());
            setGraphic(both);
        }
    }
}
