package aque.desktop.action;

import aque.desktop.feed.Background;
import aque.desktop.feed.Farm;
import aque.desktop.theme.Icons;
import aque.desktop.theme.Texts;
import aque.farm.WorkerView;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javafx.scene.control.MenuItem;

/// What a person can do to workers: a note for all, no more work, work again. FX thread.
public final class WorkerActions {
    private final Farm farm;
    private final Background background;
    private final Questions questions;

    public WorkerActions(Farm farm, Background background, Questions questions) {
        this.farm = farm;
        this.background = background;
        this.questions = questions;
    }

    /// The menu for the workers that are chosen when an item is.
    public List<MenuItem> items(Supplier<? extends Collection<WorkerView>> chosen) {
        return List.of(
                item("note", "mdal-comment", () -> note(chosen.get())),
                item("drain", "mdmz-pause", () -> drain(chosen.get(), true)),
                item("undrain", "mdmz-play_arrow", () -> drain(chosen.get(), false)));
    }

    private static MenuItem item(String key, String sign, Runnable action) {
        var item = new MenuItem(Texts.of("worker." + key), Icons.sign(sign));
        item.setId("worker-" + key);
        item.setOnAction(e -> action.run());
        return item;
    }

    void note(Collection<WorkerView> workers) {
        var names = workers.stream().map(WorkerView::name).distinct().toList();
        if (!names.isEmpty()) {
            questions.ask(new Question(
                    Texts.of("worker.note").replace("…", ""),
                    String.join(", ", names),
                    false,
                    List.of(new Question.Field.Line(Deed.TEXT, Texts.of("ask.note"), "", true)),
                    values -> noted(names, values)));
        }
    }

    private void noted(List<String> names, Map<String, String> values) {
        background.run("note", () -> farm.broker().noteWorkers(values.getOrDefault(Deed.TEXT, ""), names), n -> {});
    }

    private void drain(Collection<WorkerView> workers, boolean on) {
        var ids = workers.stream().map(WorkerView::id).toList();
        background.run(
                "drain",
                () -> {
                    farm.broker().drain(ids, on);
                    return ids;
                },
                done -> {});
    }
}
