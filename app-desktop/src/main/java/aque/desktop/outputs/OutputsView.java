package aque.desktop.outputs;

import aque.desktop.control.Clock;
import aque.desktop.feed.Background;
import aque.desktop.outputs.OutputsModel.Shown;
import aque.desktop.theme.Icons;
import aque.desktop.theme.Palette;
import aque.desktop.theme.Style;
import aque.desktop.theme.Texts;
import aque.farm.Footage;
import aque.farm.JobOutputs.Entry;
import aque.farm.JobOutputs.State;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.controlsfx.control.GridView;

/// What the chosen job leaves: its frames by timecode above, below each file that is expected with its picture, or why
/// there is none. FX thread.
public final class OutputsView extends BorderPane {
    /// Room for four steps; more are scrolled.
    private static final double BARS = 176;

    private final OutputsModel model;
    private final Palette palette;
    private final Thumbnails thumbnails;
    private final Label title = new Label();
    private final VBox bars = new VBox(10);
    private final Map<State, ToggleButton> chips = new EnumMap<>(State.class);
    private final ToggleGroup chosen = new ToggleGroup();
    private final GridView<Entry> sheet = new GridView<>();
    private final Label empty = new Label();

    /// @param open shows a folder in the machine's file manager
    public OutputsView(OutputsModel model, Palette palette, Background background, Consumer<String> open) {
        this.model = model;
        this.palette = palette;
        this.thumbnails = new Thumbnails(background);
        getStyleClass().addAll(Style.PANEL, "outputs");
        title.getStyleClass().add(Style.MUTED);
        title.setId("outputs-title");
        bars.setId("outputs-bars");
        var scroll = new ScrollPane(bars);
        scroll.setFitToWidth(true);
        scroll.setMaxHeight(BARS);
        scroll.setMinHeight(0);
        setTop(new VBox(10, head(), scroll));
        sheet.setId("outputs-sheet");
        sheet.setCellWidth(FileCell.WIDTH);
        sheet.setCellHeight(FileCell.HEIGHT);
        sheet.setHorizontalCellSpacing(4);
        sheet.setVerticalCellSpacing(4);
        sheet.setAccessibleText(Texts.of("outputs.accessible"));
        sheet.setCellFactory(g -> new FileCell(
                thumbnails,
                entry -> model.select(entry.task()),
                entry -> open.accept(String.valueOf(entry.file().path().getParent()))));
        empty.getStyleClass().add(Style.EMPTY);
        empty.setWrapText(true);
        empty.setMouseTransparent(true);
        setCenter(new StackPane(sheet, empty));
        chosen.selectedToggleProperty().addListener((o, was, is) -> fill());
        model.shown().addListener((o, was, is) -> {
            if (!was.job().equals(is.job())) {
                thumbnails.forget();
                chosen.selectToggle(null);
            }
            show(is);
        });
        sceneProperty().addListener((o, was, is) -> model.watch(is != null));
        Clock.whileShown(this, Duration.ofSeconds(1), model::tick);
        show(model.shown().get());
    }

    /// What became of a file, in a word.
    static String word(State state) {
        return Texts.of("outputs." + state.name().toLowerCase(Locale.ROOT));
    }

    private HBox head() {
        var row = new HBox(8, title);
        for (var state : State.values()) {
            var chip = new ToggleButton();
            chip.getStyleClass().add(Style.CHIP);
            chip.setId("outputs-" + state.name().toLowerCase(Locale.ROOT));
            chip.setToggleGroup(chosen);
            chip.managedProperty().bind(chip.visibleProperty());
            chips.put(state, chip);
            row.getChildren().add(chip);
        }
        var space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        var again = new Button("", Icons.sign("mdmz-refresh"));
        again.getStyleClass().add(Style.SMALL);
        again.setTooltip(new Tooltip(Texts.of("outputs.again")));
        again.setAccessibleText(Texts.of("outputs.again"));
        again.setOnAction(e -> {
            thumbnails.forget();
            model.again();
        });
        row.getChildren().addAll(space, again);
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    private void show(Shown now) {
        title.setText(now.footage().map(OutputsView::title).orElse(""));
        chips.forEach((state, chip) -> {
            var count = now.count(state);
            chip.setText(Texts.of("outputs.count", count, word(state)));
            chip.setVisible(count > 0);
        });
        showBars(now.bars());
        fill();
    }

    /// `shot (7) · sq1 · 010 · 24 frames a second`
    private static String title(Footage footage) {
        return Stream.of(Optional.of(footage.title() + " (" + footage.job() + ")"), footage.sequence(), footage.shot())
                .flatMap(Optional::stream)
                .reduce((a, b) -> a + " · " + b)
                .orElse("");
    }

    private void showBars(List<FrameCells> now) {
        var shown = bars.getChildren();
        var same = shown.size() == now.size()
                && Stream.iterate(0, i -> i < now.size(), i -> i + 1)
                        .allMatch(i -> ((FrameBar) shown.get(i)).isOf(now.get(i)));
        if (!same) {
            shown.setAll(now.stream()
                    .map(cells -> new FrameBar(palette, cells, cell -> model.select(cell.task())))
                    .toList());
            return;
        }
        for (var i = 0; i < now.size(); i++) {
            ((FrameBar) shown.get(i)).show(now.get(i));
        }
    }

    private void fill() {
        var now = model.shown().get();
        var wanted = chips.entrySet().stream()
                .filter(chip -> chip.getValue().isSelected())
                .map(Map.Entry::getKey)
                .findFirst();
        var files = now.files().stream()
                .filter(file -> wanted.map(state -> file.state() == state).orElse(true))
                .toList();
        if (!files.equals(sheet.getItems())) {
            sheet.getItems().setAll(files);
        }
        empty.setText(Texts.of(now.footage().isEmpty() ? "outputs.none.chosen" : "outputs.none"));
        empty.setVisible(now.files().isEmpty());
    }
}
