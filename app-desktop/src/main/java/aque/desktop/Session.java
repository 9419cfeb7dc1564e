package aque.desktop;

import aque.db.Address;
import aque.db.Migrations;
import aque.desktop.action.ActionMenu;
import aque.desktop.action.Actions;
import aque.desktop.action.Notices;
import aque.desktop.action.Questions;
import aque.desktop.action.UndoModel;
import aque.desktop.activity.ActivityModel;
import aque.desktop.command.Keys;
import aque.desktop.errors.ErrorsModel;
import aque.desktop.feed.Background;
import aque.desktop.feed.Farm;
import aque.desktop.feed.FarmModel;
import aque.desktop.feed.Selection;
import aque.desktop.graph.GraphModel;
import aque.desktop.inspect.InspectModel;
import aque.desktop.limits.LimitsModel;
import aque.desktop.log.LogModel;
import aque.desktop.outputs.OutputsModel;
import aque.desktop.settings.Settings;
import aque.desktop.submit.LibraryModel;
import aque.desktop.submit.SubmitModel;
import aque.desktop.tasks.FindModel;
import aque.desktop.tasks.TasksModel;
import aque.desktop.tasks.ViewsModel;
import aque.desktop.theme.Theme;
import aque.desktop.triage.TriageModel;
import aque.desktop.usage.LoadModel;
import aque.desktop.usage.UsageModel;
import aque.desktop.workers.WorkersModel;
import aque.local.LocalPostgres;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/// One connection to one farm and every model that shows it, wired by constructor. Made on the FX thread around a farm
/// that was opened elsewhere; closes what it made.
final class Session implements AutoCloseable {
    final Farm farm;
    final Settings settings;
    final Background background;
    final FarmModel model;
    final Selection selection = new Selection();
    final Notices notices = new Notices();
    final Questions questions;
    final UndoModel undo;
    final Actions actions;
    final ActivityModel activity;
    final Keys keys;
    final ActionMenu menu;
    final TasksModel tasks;
    final GraphModel graph;
    final InspectModel inspect;
    final UsageModel usage;
    final LogModel log;
    final LogModel formerLog;
    final ErrorsModel errors;
    final WorkersModel workers;
    final LoadModel load;
    final LimitsModel limits;
    final OwnMachine machine;
    final SubmitModel submit;
    final LibraryModel library;
    final OutputsModel outputs;
    final Theme theme;
    final Bell bell;
    final TriageModel triage;
    private final boolean startsWorkers;

    /// @param launcher the program that starts a worker for this farm, where the farm is the user's own
    Session(Farm farm, Settings settings, Theme theme, Optional<String> launcher) {
        this.farm = farm;
        this.settings = settings;
        this.theme = theme;
        background = new Background(this::failed);
        questions = new Questions(settings);
        model = new FarmModel(farm, background);
        undo = new UndoModel(farm, background, notices);
        actions = new Actions(farm, model, selection, background, notices, questions, undo);
        actions.grace().set(GraceSetting.of(settings));
        activity = new ActivityModel(farm, background, notices, selection);
        keys = new Keys(settings);
        menu = new ActionMenu(actions);
        menu.keys(action -> keys.of("task." + action.name().toLowerCase(Locale.ROOT)));
        tasks = new TasksModel(model, new ViewsModel(settings), new FindModel(farm, model, background), farm.user());
        graph = new GraphModel(model, selection, background);
        inspect = new InspectModel(farm, model, selection, background);
        usage = new UsageModel(farm, model, selection, background);
        log = new LogModel(farm, model, selection, background);
        formerLog = new LogModel(farm, model, former(), background);
        errors = new ErrorsModel(farm, model, selection, background);
        startsWorkers = launcher.isPresent();
        workers = new WorkersModel(farm, model, selection, background, notices::done);
        load = new LoadModel(farm, background);
        limits = new LimitsModel(farm, background, undo, notices::done);
        machine = new OwnMachine(
                farm,
                model,
                background,
                notices,
                Optional.ofNullable(System.getenv("AQUE_LAUNCHER"))
                        .filter(aque -> launcher.isEmpty())
                        .map(Path::of));
        launcher.ifPresent(aque -> new LocalWorker(model, background, aque));
        triage = new TriageModel(farm, model, selection, background, settings);
        bell = new Bell(model, selection, settings, Bell.ofDesktop(background));
        submit = new SubmitModel(farm, selection, background, notices, settings);
        library = new LibraryModel(background);
        outputs = new OutputsModel(farm, model, selection, background);
    }

    /// Opens the farm at an address, or this user's own, started when it does not run. Takes its time: not for the FX
    /// thread.
    ///
    /// @param progress gets a short line for each thing that takes long
    /// @throws aque.db.Unreachable when no server answers
    static Farm open(Optional<Address> broker, Consumer<String> progress) {
        return Farm.open(broker.orElseGet(() -> own(progress)), System.getProperty("user.name"));
    }

    /// Does this console see to a worker on this machine itself?
    boolean startsWorkers() {
        return startsWorkers;
    }

    /// Starts to show what goes on.
    void start() {
        model.start();
        undo.start();
        activity.start();
    }

    private static Address own(Consumer<String> progress) {
        var local = LocalPostgres.ofUser();
        var server = local.join(progress);
        var address = Address.parse(server.url()).withPassword(server.password());
        Migrations.toHead(address);
        return address;
    }

    /// What was chosen before the chosen one: the other log of two side by side.
    private Selection former() {
        var former = new Selection();
        selection
                .lead()
                .addListener((o, was, is) -> was.filter(id -> !is.equals(was)).ifPresent(former::only));
        return former;
    }

    private void failed(String sentence) {
        notices.failed(sentence);
    }

    @Override
    public void close() {
        background.close();
        model.close();
        farm.close();
    }
}
