package aque.desktop.outputs;

import aque.desktop.theme.Icons;
import aque.desktop.theme.Style;
import aque.desktop.theme.Tone;
import aque.farm.JobOutputs.Entry;
import aque.farm.JobOutputs.State;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.Tooltip;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.controlsfx.control.GridCell;
import org.jspecify.annotations.Nullable;

/// One file of the contact sheet: its picture, or the glyph of what became of it. A click chooses its task, two open
/// its folder.
final class FileCell extends GridCell<Entry> {
    static final double WIDTH = Thumbnails.WIDTH + 12;
    static final double HEIGHT = Thumbnails.HEIGHT + 30;

    private final Thumbnails thumbnails;
    private final ImageView picture = new ImageView();
    private final StackPane frame = new StackPane();
    private final Label name = new Label();
    private final VBox both = new VBox(4, frame, name);
    private final Tooltip hint = new Tooltip();

    FileCell(Thumbnails thumbnails, Consumer<Entry> choose, Consumer<Entry> open) {
        this.thumbnails = thumbnails;
        picture.setFitWidth(Thumbnails.WIDTH);
        picture.setFitHeight(Thumbnails.HEIGHT);
        picture.setPreserveRatio(true);
        frame.getStyleClass().add("thumbnail");
        frame.setMinSize(Thumbnails.WIDTH, Thumbnails.HEIGHT);
        frame.setMaxSize(Thumbnails.WIDTH, Thumbnails.HEIGHT);
        name.getStyleClass().add(Style.CAPTION);
        name.setMaxWidth(Thumbnails.WIDTH);
        name.setTextOverrun(OverrunStyle.LEADING_ELLIPSIS);
        both.setAlignment(Pos.TOP_CENTER);
        getStyleClass().add("file-cell");
        setOnMouseClicked(e -> Optional.ofNullable(getItem()).ifPresent(e.getClickCount() > 1 ? open : choose));
    }

    @Override
    protected void updateItem(@Nullable Entry entry, boolean empty) {
        super.updateItem(entry, empty);
        if (entry == null || empty) {
            setGraphic(null);
            return;
        }
        name.setText(String.valueOf(entry.file().path().getFileName()));
        hint.setText(entry.file() + "\n" + OutputsView.word(entry.state()));
        setTooltip(hint);
        setAccessibleText(name.getText() + ", " + OutputsView.word(entry.state()));
        setGraphic(both);
        frame.getChildren().setAll(Icons.glyph(tone(entry.state()), 22));
        if (entry.state() != State.MISSING && entry.state() != State.LATE) {
            thumbnails.of(entry, image -> show(entry, image));
        }
    }

    /// It may come when the cell shows another file.
    private void show(Entry of, Optional<Image> image) {
        if (of.equals(getItem()) && image.isPresent()) {
            picture.setImage(image.get());
            frame.getChildren().setAll(picture);
            if (of.state() != State.FOUND) {
                frame.getChildren().add(Icons.glyph(tone(of.state()), 22));
            }
        }
    }

    private static Tone tone(State state) {
        return FrameCells.tone(state, Tone.WAITING);
    }
}
