package aque.desktop.submit;

import aque.db.DbException;
import aque.db.Unreachable;
import aque.desktop.action.Notices;
import aque.desktop.feed.Background;
import aque.desktop.feed.Farm;
import aque.desktop.feed.Selection;
import aque.desktop.settings.Settings;
import aque.desktop.theme.Texts;
import aque.openjd.TemplateException;
import aque.submit.Offer;
import aque.submit.Offers;
import aque.submit.Source;
import aque.submit.Submission;
import aque.submit.SubmitException;
import aque.task.TaskId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleIntegerProperty;

/// Files on their way to becoming jobs: what was understood, what was filled in, what it would become. FX thread, no
/// toolkit; files are read in the background.
public final class SubmitModel {
    private final Farm farm;
    private final Selection selection;
    private final Background background;
    private final Notices notices;
    private final ReadOnlyObjectWrapper<Optional<Understood>> understood =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final IntegerProperty chosen = new SimpleIntegerProperty(0);
    private final ReadOnlyObjectWrapper<Preview> preview = new ReadOnlyObjectWrapper<>(new Preview.Reading());
    private final SubmitMemory memory;
    private long wanted;

    /// What the chosen draft would become.
    sealed interface Preview {
        /// Not known yet.
        record Reading() implements Preview {}

        /// These tasks.
        record Ready(Submission submission, Sketch sketch) implements Preview {}

        /// Something must be mended first.
        record Wrong(List<String> problems) implements Preview {}
    }

    public SubmitModel(Farm farm, Selection selection, Background background, Notices notices, Settings settings) {
        this.memory = new SubmitMemory(settings);
        this.farm = farm;
        this.selection = selection;
        this.background = background;
        this.notices = notices;
        chosen.addListener((o, was, is) -> look());
    }

    // Properties

    /// Empty until files were read.
    ReadOnlyObjectProperty<Optional<Understood>> understood() {
        return understood.getReadOnlyProperty();
    }

    /// The place of the draft that is filled in.
    IntegerProperty chosen() {
        return chosen;
    }

    ReadOnlyObjectProperty<Preview> preview() {
        return preview.getReadOnlyProperty();
    }

    Optional<Draft> draft() {
        return understood
                .get()
                .map(Understood::drafts)
                .filter(d -> chosen.get() < d.size())
                .map(d -> d.get(chosen.get()));
    }

    // Commands

    /// Reads files and says what they are, without changing anything here.
    void understand(List<Path> files, Consumer<Understood> then) {
        background.run("understand", () -> read(files), then);
    }

    /// Reads what a job was made of, with what was filled in; where that is not known or its file is gone, the job
    /// itself as it stands in the farm.
    void again(TaskId job, Consumer<Understood> then) {
        background.run("again", () -> read(job), then);
    }

    private Understood read(TaskId job) {
        var task = farm.store().task(job).orElseThrow();
        var draft = farm.store()
                .source(job)
                .filter(source -> Files.exists(Path.of(source.path())))
                .map(SubmitModel::draft)
                .orElseGet(() -> copy(job));
        var filled = draft.withTitle(task.name()).withPriority(task.priority());
        return new Understood(List.of(filled), List.of(), tasks(filled));
    }

    private static Draft draft(Source source) {
        var path = Path.of(source.path());
        var draft = Draft.of(path, Offers.of(path));
        for (var value : source.values().entrySet()) {
            draft = draft.with(value.getKey(), value.getValue());
        }
        return draft;
    }

    private Draft copy(TaskId job) {
        var copy = farm.store().copy(job).orElseThrow();
        var offer = new Offer(
                copy.title(),
                Texts.of("submit.copy", job),
                List.of(),
                Map.of(),
                values -> copy.withOwner(values.owner()));
        return Draft.of(copy.cwd(), offer);
    }

    /// Begins with new files, filled in as the last time.
    void begin(Understood files) {
        start(new Understood(files.drafts().stream().map(memory::sticky).toList(), files.refused(), files.tasks()));
    }

    /// Begins with a job that was submitted before, filled in as it was.
    void beginAgain(Understood job) {
        start(job);
    }

    private void start(Understood files) {
        understood.set(Optional.of(files));
        chosen.set(0);
        look();
    }

    /// Something was filled in.
    void change(UnaryOperator<Draft> how) {
        understood.get().ifPresent(now -> {
            var drafts = new ArrayList<>(now.drafts());
            drafts.set(chosen.get(), how.apply(drafts.get(chosen.get())));
            understood.set(Optional.of(new Understood(drafts, now.refused(), now.tasks())));
            look();
        });
    }

    /// What was filled in before where the chosen draft is: presets, then submissions.
    List<SubmitMemory.Kept> before() {
        return draft().map(memory::of).orElse(List.of());
    }

    /// Fills the chosen draft in as it was then.
    void fill(SubmitMemory.Kept kept) {
        change(draft -> memory.fill(draft, kept));
    }

    /// Fills the chosen draft in as its file says.
    void clear() {
        change(draft -> Draft.of(draft.path(), draft.offer())
                .withTitle(draft.title())
                .withPriority(draft.priority())
                .withHeld(draft.held()));
    }

    /// Keeps what is filled in under a name.
    void keep(String name) {
        draft().ifPresent(draft -> memory.preset(name, draft));
    }

    /// Submits every draft, then runs `done`; where one is refused nothing of it was written, and `preview` says why.
    void submit(Runnable done) {
        var drafts = understood.get().map(Understood::drafts).orElse(List.of());
        background.run("submit", () -> trying(() -> send(drafts)), sent -> {
            switch (sent) {
                case Sent.Done(var jobs) -> {
                    drafts.forEach(memory::submitted);
                    done.run();
                    notices.done(Texts.of(
                            "submit.done",
                            jobs.size(),
                            drafts.getFirst().offer().title()));
                    selection.only(jobs.getLast());
                }
                case Sent.Refused(var problems) -> preview.set(new Preview.Wrong(problems));
            }
        });
    }

    private sealed interface Sent {
        record Done(List<TaskId> jobs) implements Sent {}

        record Refused(List<String> problems) implements Sent {}
    }

    private static Sent trying(Callable<List<TaskId>> send) throws Exception {
        try {
            return new Sent.Done(send.call());
        } catch (SubmitException e) {
            return new Sent.Refused(e.problems());
        } catch (TemplateException e) {
            return new Sent.Refused(problems(e));
        } catch (Unreachable | DbException e) {
            return new Sent.Refused(List.of(String.valueOf(e.getMessage())));
        }
    }

    private List<TaskId> send(List<Draft> drafts) {
        // All are made before the first is written: either all can be jobs or none becomes one.
        var submissions =
                drafts.stream().map(draft -> draft.submission(farm.user())).toList();
        return IntStream.range(0, drafts.size())
                .mapToObj(i -> send(submissions.get(i), drafts.get(i)))
                .toList();
    }

    private TaskId send(Submission submission, Draft draft) {
        // A copy was made of no file; the folder that stands for it is none.
        return (Files.isDirectory(draft.path()) && draft.offer().parameters().isEmpty()
                        ? farm.broker().submit(submission)
                        : farm.broker().submit(submission, Source.of(draft.path(), draft.values())))
                .id();
    }

    private void look() {
        long mine = ++wanted;
        draft().ifPresent(draft -> background.run("preview", () -> preview(draft), made -> {
            if (mine == wanted) {
                preview.set(made);
            }
        }));
    }

    private Preview preview(Draft draft) {
        try {
            var submission = draft.submission(farm.user());
            return new Preview.Ready(submission, Sketch.of(submission));
        } catch (SubmitException e) {
            return new Preview.Wrong(e.problems());
        } catch (TemplateException e) {
            return new Preview.Wrong(problems(e));
        }
    }

    private Understood read(List<Path> files) {
        var drafts = new ArrayList<Draft>();
        var refused = new ArrayList<Understood.Refused>();
        for (var file : files) {
            try {
                drafts.add(Draft.of(file, Offers.of(file)));
            } catch (SubmitException e) {
                refused.add(new Understood.Refused(file, e.problems()));
            } catch (TemplateException e) {
                refused.add(new Understood.Refused(file, problems(e)));
            }
        }
        return new Understood(
                drafts, refused, drafts.stream().mapToLong(this::tasks).sum());
    }

    /// Zero where a parameter must be filled in first.
    private long tasks(Draft draft) {
        return preview(draft) instanceof Preview.Ready ready
                ? ready.submission().size()
                : 0;
    }

    private static List<String> problems(TemplateException e) {
        return e.problems().stream().map(Object::toString).toList();
    }
}
