package aque.desktop;

import aque.db.Address;
import aque.db.Migrations;
import aque.desktop.action.ActionMenu;
import aque.desktop.action.Actions;
import aque.desktop.action.Notices;
import aque.desktop.action.Questions;
import aque.desktop.action.UndoModel;
import aque.desktop.action.WorkerActions;
import aque.desktop.activity.ActivityModel;
import aque.desktop.errors.ErrorsModel;
import aque.desktop.feed.Background;
import aque.desktop.feed.Farm;
import aque.desktop.feed.FarmModel;
import aque.desktop.feed.Selection;
import aque.desktop.graph.GraphModel;
import aque.desktop.inspect.InspectModel;
import aque.desktop.log.LogModel;
import aque.desktop.settings.Settings;
import aque.desktop.submit.SubmitModel;
import aque.desktop.tasks.FindModel;
import aque.desktop.tasks.TasksModel;
import aque.desktop.tasks.ViewsModel;
import aque.desktop.theme.Theme;
import aque.desktop.usage.UsageModel;
import aque.local.LocalPostgres;
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
    final Questions questions = new Questions();
    final UndoModel undo;
    final Actions actions;
    final WorkerActions workerActions;
    final ActivityModel activity;
    final ActionMenu menu;
    final TasksModel tasks;
    final GraphModel graph;
    final InspectModel inspect;
    final UsageModel usage;
    final LogModel log;
    final ErrorsModel errors;
    final SubmitModel submit;
    final Theme theme;

    /// @param launcher the program that starts a worker for this farm, where the farm is the user's own
    Session(Farm farm, Settings settings, Theme theme, Optional<String> launcher) {
        this.farm = farm;
        this.settings = settings;
        this.theme = theme;
        background = new Background(this::failed);
        model = new FarmModel(farm, background);
        undo = new UndoModel(farm, background, notices);
        actions = new Actions(farm, model, selection, background, notices, questions, undo);
        actions.grace().set(GraceSetting.of(settings));
        workerActions = new WorkerActions(farm, background, questions);
        activity = new ActivityModel(farm, background, notices);
        menu = new ActionMenu(actions);
        tasks = new TasksModel(model, new ViewsModel(settings), new FindModel(farm, model, background), farm.user());
        graph = new GraphModel(model, selection, background);
        inspect = new InspectModel(farm, model, selection, background);
        usage = new UsageModel(farm, model, selection, background);
        log = new LogModel(farm, model, selection, background);
        errors = new ErrorsModel(farm, model, selection, background);
        launcher.ifPresent(aque -> new LocalWorker(model, background, aque));
        submit = new SubmitModel(farm, selection, background, notices);
    }

    /// Opens the farm at an address, or this user's own, started when it does not run. Takes its time: not for the FX
    /// thread.
    ///
    /// @param progress gets a short line for each thing that takes long
    /// @throws aque.db.Unreachable when no server answers
    static Farm open(Optional<Address> broker, Consumer<String> progress) {
        return Farm.open(broker.orElseGet(() -> own(progress)), System.getProperty("user.name"));
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
