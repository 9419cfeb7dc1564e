package aque.desktop.workers;

import aque.desktop.action.Question;
import aque.desktop.action.Questions;
import aque.desktop.theme.Icons;
import aque.desktop.theme.Texts;
import aque.farm.WorkerView;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;

/// What can be done to the selected workers, declared once for the right click and the panel. FX thread.
final class WorkerMenu {
    private static final String TEXT = "text";

    private final WorkersModel model;
    private final Questions questions;
    private final ContextMenu popup = new ContextMenu();

    /// Dangerous ones last, and asked about.
    enum Act {
        NOTE("mdal-comment"),
        DRAIN("mdmz-pause"),
        UNDRAIN("mdmz-play_arrow"),
        SET("mdmz-tune"),
        RELOAD("mdmz-refresh"),
        ASIDE("mdmz-outlined_flag"),
        KILL("mdmz-stop"),
        STOP("mdmz-power_settings_new");

        private final String sign;

        Act(String sign) {
            this.sign = sign;
        }

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        String title() {
            return Texts.of("workers." + key());
        }

        boolean isDangerous() {
            return this == KILL || this == STOP;
        }
    }

    WorkerMenu(WorkersModel model, Questions questions) {
        this.model = model;
        this.questions = questions;
    }

    void show(Node at, double screenX, double screenY) {
        popup.hide();
        popup.getItems().setAll(items());
        popup.show(at, screenX, screenY);
    }

    void begin(Act act) {
        if (!model.isAnySelected()) {
            return;
        }
        switch (act) {
            case DRAIN -> model.drain();
            case UNDRAIN -> model.undrain();
            case RELOAD -> model.reload();
            case NOTE -> ask(act, List.of(new Question.Field.Phrase(TEXT, Texts.of("ask.note"))));
            case ASIDE -> ask(act, List.of(new Question.Field.Phrase(TEXT, Texts.of("workers.aside.note"))));
            case SET -> ask(act, WorkerFields.of(model.selected()));
            case KILL, STOP -> ask(act, List.of());
        }
    }

    /// The answer is for those that were selected when it was asked.
    private void ask(Act act, List<Question.Field> fields) {
        var workers = model.selected();
        questions.ask(new Question(
                act.title().replace("…", ""),
                Texts.of("workers." + act.key() + ".ask", model.names(), model.running()),
                act.isDangerous(),
                fields,
                values -> {
                    var text = values.getOrDefault(TEXT, "").strip();
                    switch (act) {
                        case NOTE -> model.note(workers, text);
                        case ASIDE -> model.setAside(workers, text);
                        case SET -> set(workers, values);
                        case KILL -> model.killTasks(workers);
                        case STOP -> model.stopNow(workers);
                        case DRAIN, UNDRAIN, RELOAD -> begin(act);
                    }
                }));
    }

    private void set(List<WorkerView> workers, Map<String, String> values) {
        try {
            WorkerFields.changes(workers, values).ifPresent(said -> model.set(workers, said));
        } catch (IllegalArgumentException e) {
            model.say(Texts.of("workers.set.wrong", String.valueOf(e.getMessage())));
        }
    }

    private List<MenuItem> items() {
        return List.of(
                item(Act.NOTE),
                item(Act.DRAIN),
                item(Act.UNDRAIN),
                item(Act.SET),
                item(Act.RELOAD),
                item(Act.ASIDE),
                new SeparatorMenuItem(),
                item(Act.KILL),
                item(Act.STOP));
    }

    private MenuItem item(Act act) {
        var item = new MenuItem(act.title(), Icons.sign(act.sign));
        item.setId("worker-action-" + act.key());
        item.setDisable(!model.isAnySelected());
        item.setOnAction(e -> begin(act));
        if (act.isDangerous()) {
            item.getStyleClass().add("danger-item");
        }
        return item;
    }
}
