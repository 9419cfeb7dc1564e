package aque.desktop.action;

import aque.broker.Stopped;
import aque.desktop.feed.Background;
import aque.desktop.feed.Farm;
import aque.desktop.feed.FarmModel;
import aque.desktop.feed.Row;
import aque.desktop.feed.Selection;
import aque.desktop.theme.Texts;
import aque.task.TaskId;
import aque.task.TaskView;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;

/// Does actions to what is selected: at once says that it was asked, then asks the farm, off the FX thread. What comes
/// of it arrives by the change feed. FX thread.
public final class Actions {
    private static final int STEP = 100;

    private final Farm farm;
    private final FarmModel model;
    private final Selection selection;
    private final Background background;
    private final Notices notices;
    private Runnable showLog = () -> {};

    public Actions(Farm farm, FarmModel model, Selection selection, Background background, Notices notices) {
        this.farm = farm;
        this.model = model;
        this.selection = selection;
        this.background = background;
        this.notices = notices;
    }

    /// What `Show log` does; the window knows where the log is.
    public void onShowLog(Runnable show) {
        showLog = show;
    }

    /// Is there anything selected that it applies to?
    public boolean enabled(TaskAction action) {
        return selected().stream().anyMatch(row -> applies(action, row));
    }

    /// Does it to all of the selection that it applies to.
    public void run(TaskAction action) {
        var rows = selected().stream().filter(row -> applies(action, row)).toList();
        if (rows.isEmpty()) {
            return;
        }
        action.doing(rows.size(), name(rows)).ifPresent(text -> notices.doing(action, text, rows));
        var ids = rows.stream().map(Row::id).toList();
        switch (action) {
            case SHOW_LOG -> showLog.run();
            case COPY_ID -> copy(ids);
            case KILL -> ask(action, () -> stopped(farm.broker().kill(ids)));
            case CANCEL -> ask(action, () -> stopped(farm.broker().cancel(ids)));
            case RETRY -> ask(action, () -> farm.broker().retry(ids).size());
            case HOLD -> ask(action, () -> farm.broker().hold(ids).size());
            case RELEASE -> ask(action, () -> farm.broker().release(ids).size());
            case PRIORITY_UP -> ask(action, () -> prioritise(rows, STEP));
            case PRIORITY_DOWN -> ask(action, () -> prioritise(rows, -STEP));
        }
    }

    private void ask(TaskAction action, Callable<Integer> what) {
        background.run(action.word(), what, changed -> notices.asked(action, changed));
    }

    private static int stopped(Stopped stopped) {
        return stopped.cancelled().size() + stopped.stopping().size();
    }

    private int prioritise(List<Row> rows, int by) {
        return rows.stream().map(Row::view).collect(Collectors.groupingBy(TaskView::priority)).entrySet().stream()
                .mapToInt(same -> farm.broker()
                        .priority(
                                same.getKey() + by,
                                same.getValue().stream().map(TaskView::id).toList())
                        .size())
                .sum();
    }

    /// A group can be retried while it lives, when something in it failed.
    private static boolean applies(TaskAction action, Row row) {
        if (action == TaskAction.RETRY && row.isGroup()) {
            return row.tally().of(aque.desktop.theme.Tone.ERROR) > 0 || action.appliesTo(row.view());
        }
        return action.appliesTo(row.view());
    }

    private List<Row> selected() {
        return selection.ids().stream().flatMap(id -> model.row(id).stream()).toList();
    }

    private String name(List<Row> rows) {
        if (rows.size() == 1) {
            return rows.getFirst().view().name();
        }
        var jobs = rows.stream().map(row -> row.view().job()).distinct().toList();
        return jobs.size() == 1
                ? model.row(jobs.getFirst()).map(job -> job.view().name()).orElse("")
                : Texts.of("action.jobs", jobs.size());
    }

    private static void copy(Collection<TaskId> ids) {
        var content = new ClipboardContent();
        content.putString(ids.stream().map(TaskId::toString).collect(Collectors.joining(" ")));
        Clipboard.getSystemClipboard().setContent(content);
    }
}
