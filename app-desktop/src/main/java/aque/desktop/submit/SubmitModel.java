package aque.desktop.submit;

import aque.broker.SceneAsker;
import aque.db.DbException;
import aque.db.Unreachable;
import aque.desktop.action.CommandText;
import aque.desktop.action.Notices;
import aque.desktop.feed.Background;
import aque.desktop.feed.Farm;
import aque.desktop.feed.Row;
import aque.desktop.feed.Selection;
import aque.desktop.settings.Settings;
import aque.desktop.theme.Texts;
import aque.farm.Reach;
import aque.openjd.CommandLine;
import aque.openjd.JobDocument;
import aque.openjd.TaskParameters;
import aque.openjd.TemplateException;
import aque.submit.NewTask;
import aque.submit.Offer;
import aque.submit.Offers;
import aque.submit.Routine;
import aque.submit.SceneCopy;
import aque.submit.Source;
import aque.submit.Submission;
import aque.submit.SubmitException;
import aque.submit.Work;
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
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
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
    private final ReadOnlyObjectWrapper<Optional<Row>> target = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final BooleanProperty joins = new SimpleBooleanProperty();
    private final SubmitMemory memory;
    private long wanted;

    /// What the chosen draft would become.
    sealed interface Preview {
        /// Not known yet.
        record Reading() implements Preview {}

        /// These tasks.
        ///
        /// @param document what its OpenJD tasks run from
        /// @param unseen paths that no worker sees, by the parameter that has them
        record Ready(Submission submission, Optional<JobDocument> document, Sketch sketch, Map<String, Path> unseen)
                implements Preview {
            /// What a task of it will run, in one line; "" for a group.
            String line(NewTask task) {
                return switch (task.work()) {
                    case Work.Group group -> "";
                    case Work.Command(var argv) -> CommandText.arguments(argv);
                    case Work.OpenJd(var step, var parameters) ->
                        document.map(d -> CommandText.arguments(
                                        CommandLine.of(d, step, TaskParameters.fromJson(parameters))))
                                .orElse("");
                };
            }
        }

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

    /// The group that the files were dropped on.
    ReadOnlyObjectProperty<Optional<Row>> target() {
        return target.getReadOnlyProperty();
    }

    /// Do they join that group, or become jobs of their own?
    BooleanProperty joins() {
        return joins;
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

    /// A template of the library, to be filled in.
    void routine(Routine routine, Consumer<Understood> then) {
        background.run("routine", () -> read(routine), then);
    }

    private Understood read(Routine routine) {
        var draft = Draft.of(routine.name(), routine.offer());
        return new Understood(List.of(draft), List.of(), tasks(draft));
    }

    /// Reads what a job was made of, with what was filled in; where that is not known or its file is gone, the job
    /// itself as it stands in the farm.
    void again(TaskId job, Consumer<Understood> then) {
        background.run("again", () -> read(job), then);
    }

    private Understood read(TaskId job) {
        var task = farm.store().task(job).orElseThrow();
        var draft = farm.store().source(job).flatMap(SubmitModel::draft).orElseGet(() -> copy(job));
        var filled = draft.withTitle(task.name()).withPriority(task.priority());
        return new Understood(List.of(filled), List.of(), tasks(filled));
    }

    private static Optional<Draft> draft(Source source) {
        return source.offer().map(offer -> {
            var draft = source.routine()
                    .map(name -> Draft.of(name, offer))
                    .orElseGet(() -> Draft.of(Path.of(source.path()), offer));
            for (var value : source.values().entrySet()) {
                draft = draft.with(value.getKey(), value.getValue());
            }
            return draft;
        });
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
    ///
    /// @param onto the group that they were dropped on, which they join if nobody says otherwise
    void begin(Understood files, Optional<Row> onto) {
        start(
                new Understood(files.drafts().stream().map(memory::sticky).toList(), files.refused(), files.tasks()),
                onto);
    }

    /// Begins with a job that was submitted before, filled in as it was.
    void beginAgain(Understood job) {
        start(job, Optional.empty());
    }

    private void start(Understood files, Optional<Row> onto) {
        target.set(onto);
        joins.set(onto.isPresent());
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

    /// Has a worker ask the chosen draft's scene what its file does not tell, and fills it in.
    void inspect(Runnable done) {
        draft().ifPresent(draft -> {
            preview.set(new Preview.Reading());
            background.run("inspect", () -> asked(draft), answer -> {
                switch (answer) {
                    case Asked.Told(var offer) -> {
                        change(now -> now.told(offer));
                        done.run();
                    }
                    case Asked.Nothing(var problems) -> preview.set(new Preview.Wrong(problems));
                }
            });
        });
    }

    private sealed interface Asked {
        record Told(Offer offer) implements Asked {}

        record Nothing(List<String> problems) implements Asked {}
    }

    private Asked asked(Draft draft) throws InterruptedException {
        try {
            return new Asked.Told(new SceneAsker(farm.broker(), farm.store(), farm.logs())
                    .ask(draft.offer(), draft.given(farm.user()), SceneAsker.PATIENCE));
        } catch (SubmitException e) {
            return new Asked.Nothing(e.problems());
        }
    }

    /// Keeps what is filled in under a name.
    void keep(String name) {
        draft().ifPresent(draft -> memory.preset(name, draft));
    }

    /// Submits every draft, then runs `done`; where one is refused nothing of it was written, and `preview` says why.
    void submit(Runnable done) {
        var drafts = understood.get().map(Understood::drafts).orElse(List.of());
        var group = target.get().filter(row -> joins.get());
        // As it is called in the farm: a template may make its name of its parameters.
        var named = preview.get() instanceof Preview.Ready ready
                ? ready.submission().title()
                : drafts.stream()
                        .map(draft -> draft.offer().title())
                        .findFirst()
                        .orElse("");
        var send = group.<Callable<List<TaskId>>>map(row -> () -> join(row.id(), drafts))
                .orElse(() -> send(drafts));
        background.run("submit", () -> trying(send), sent -> {
            switch (sent) {
                case Sent.Done(var ids) -> {
                    drafts.forEach(memory::submitted);
                    done.run();
                    notices.done(
                            group.isPresent()
                                    ? Texts.of(
                                            "submit.joined",
                                            ids.size(),
                                            group.get().view().name())
                                    : Texts.of("submit.done", ids.size(), named));
                    selection.only(group.map(Row::id).orElseGet(ids::getLast));
                }
                case Sent.Refused(var problems) -> preview.set(new Preview.Wrong(problems));
            }
        });
    }

    /// Adds all of them to a group that is there; their scenes are not copied but watched, since nobody would remove
    /// the copies with the job.
    private List<TaskId> join(TaskId group, List<Draft> drafts) {
        var ready = drafts.stream()
                .map(draft -> {
                    var given = draft.given(farm.user());
                    return draft.submission(SceneCopy.watching(draft.offer(), given)
                            .map(SceneCopy::values)
                            .orElse(given));
                })
                .toList();
        return ready.stream()
                .flatMap(submission -> farm.broker().extend(group, submission).stream())
                .toList();
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

    /// A draft on its way, with the copy of its scene.
    private record Outgoing(Draft draft, Submission submission, Optional<SceneCopy> copy) {
        static Outgoing of(Draft draft, String owner) {
            var given = draft.given(owner);
            var copy = SceneCopy.of(draft.offer(), given);
            try {
                return new Outgoing(
                        draft, draft.submission(copy.map(SceneCopy::values).orElse(given)), copy);
            } catch (RuntimeException e) {
                copy.ifPresent(SceneCopy::delete);
                throw e;
            }
        }
    }

    /// All are made before the first is written: either all can be jobs or none becomes one.
    private List<TaskId> send(List<Draft> drafts) {
        var ready = new ArrayList<Outgoing>();
        var sent = new ArrayList<TaskId>();
        try {
            drafts.forEach(draft -> ready.add(Outgoing.of(draft, farm.user())));
            ready.forEach(r -> sent.add(send(r)));
            return sent;
        } finally {
            ready.subList(sent.size(), ready.size()).forEach(r -> r.copy.ifPresent(SceneCopy::delete));
        }
    }

    private TaskId send(Outgoing ready) {
        var draft = ready.draft;
        // A copy was made of no file; the folder that stands for it is none.
        var ofNothing = draft.routine().isEmpty()
                && Files.isDirectory(draft.path())
                && draft.offer().parameters().isEmpty();
        return (ofNothing
                        ? farm.broker().submit(ready.submission)
                        : farm.broker().submit(ready.submission, draft.source(ready.copy)))
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
            var given = draft.given(farm.user());
            var submission = draft.submission(given);
            return new Preview.Ready(
                    submission,
                    submission.document().map(JobDocument::fromJson),
                    Sketch.of(submission),
                    Reach.unseen(draft.offer().paths(given), farm.store()));
        } catch (SubmitException e) {
            return new Preview.Wrong(e.problems());
        } catch (TemplateException e) {
            return new Preview.Wrong(problems(e));
        }
    }

    private Understood read(List<Path> files) {
        var drafts = new ArrayList<Draft>();
        var refused = new ArrayList<Understood.Refused>();
        for (var file : Offers.distinct(files)) {
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
        try {
            return draft.submission(draft.given(farm.user())).size();
        } catch (SubmitException | TemplateException e) {
            return 0;
        }
    }

    private static List<String> problems(TemplateException e) {
        return e.problems().stream().map(Object::toString).toList();
    }
}
