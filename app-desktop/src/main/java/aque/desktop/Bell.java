package aque.desktop;

import aque.desktop.feed.Background;
import aque.desktop.feed.FarmModel;
import aque.desktop.feed.Row;
import aque.desktop.feed.Selection;
import aque.desktop.settings.Settings;
import aque.desktop.theme.Figures;
import aque.desktop.theme.Texts;
import aque.desktop.theme.Tone;
import aque.task.TaskId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/// Tells a person when a job has ended that they asked about: a notice of the desktop and a sound, once. What was asked
/// is kept in the settings: a job that ended while no console was open is told of at the next start. FX thread.
final class Bell {
    private static final String SECTION = "bell";

    private final FarmModel model;
    private final Selection selection;
    private final Settings settings;
    private final BiConsumer<String, String> tell;
    private final Set<TaskId> jobs = new LinkedHashSet<>();

    record Kept(List<Long> jobs) {}

    /// @param tell shows a title and a sentence outside of the window
    Bell(FarmModel model, Selection selection, Settings settings, BiConsumer<String, String> tell) {
        this.model = model;
        this.selection = selection;
        this.settings = settings;
        this.tell = tell;
        settings.get(SECTION, Kept.class).ifPresent(kept -> kept.jobs().forEach(id -> jobs.add(new TaskId(id))));
        model.listen(change -> look());
    }

    /// A notice of the desktop, made by its own program where there is one, with its sound.
    static BiConsumer<String, String> ofDesktop(Background background) {
        return (title, sentence) -> background.run(
                "bell",
                () -> {
                    boolean shown = NativeNotice.show(title, sentence);
                    return NativeNotice.sound() || shown;
                },
                told -> {});
    }

    /// Shall these be told of? Asked again, no longer.
    ///
    /// @return what to say to who asked
    String toggle() {
        var chosen = chosenJobs();
        boolean all = chosen.stream().allMatch(job -> jobs.contains(job.id()));
        chosen.forEach(job -> {
            if (all) {
                jobs.remove(job.id());
            } else {
                jobs.add(job.id());
            }
        });
        save();
        var names =
                String.join(", ", chosen.stream().map(job -> job.view().name()).toList());
        return Texts.of(all ? "bell.off" : "bell.on", names);
    }

    /// Is a job chosen that has not ended?
    boolean applies() {
        return !chosenJobs().isEmpty();
    }

    private List<Row> chosenJobs() {
        return selection.ids().stream()
                .flatMap(id -> model.row(id).stream())
                .flatMap(row -> model.job(row.view().job()).stream())
                .distinct()
                .filter(job -> !job.view().state().ended())
                .toList();
    }

    private void look() {
        for (var id : Set.copyOf(jobs)) {
            model.job(id).filter(job -> job.view().state().ended()).ifPresent(job -> {
                jobs.remove(id);
                save();
                tell.accept(job.view().name(), sentence(job));
            });
        }
    }

    private static String sentence(Row job) {
        int errors = job.tally().of(Tone.ERROR);
        return errors > 0
                ? Texts.of(
                        "bell.errors",
                        Figures.count(errors),
                        Figures.count(job.tally().total()))
                : Texts.of(
                        "bell.ended",
                        job.tone().word(),
                        Figures.count(job.tally().of(Tone.SUCCESS)));
    }

    private void save() {
        settings.put(SECTION, new Kept(jobs.stream().map(TaskId::value).toList()));
    }
}
