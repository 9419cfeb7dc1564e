package aque.desktop.limits;

import aque.desktop.action.Question;
import aque.desktop.action.Questions;
import aque.desktop.control.Meter;
import aque.desktop.limits.LimitsModel.Look;
import aque.desktop.theme.Figures;
import aque.desktop.theme.Style;
import aque.desktop.theme.Texts;
import aque.farm.FarmLimit;
import aque.farm.FarmShare;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.StackPane;

/// What the whole farm may use at once, such as licences, and how much of it groups and owners have: a table each, and
/// below its head what can be done. A double click changes. FX thread.
public final class LimitsView extends StackPane {
    private final LimitsModel model;
    private final Questions questions;
    private final NamedTable<FarmLimit> limits;
    private final NamedTable<FarmShare> shares;

    public LimitsView(LimitsModel model, Questions questions) {
        this.model = model;
        this.questions = questions;
        limits = new NamedTable<>("limits", FarmLimit::name, this::change);
        limits.column("name", 130, FarmLimit::name);
        limits.meter("used", 140, LimitsView::show);
        limits.column("per", 70, limit -> Texts.of(limit.perHost() ? "limits.per.host" : "limits.per.task"));
        limits.button("add", this::addLimit);
        limits.buttonOfChosen("change", this::change);
        shares = new NamedTable<>("shares", FarmShare::name, this::change);
        shares.column("name", 110, FarmShare::name);
        shares.column("weight", 60, share -> "" + share.weight());
        shares.meter("cpus", 140, LimitsView::show);
        shares.column("top", 110, share -> number(share.topPriority()));
        shares.button("add", this::addShare);
        shares.buttonOfChosen("change", this::change);
        shares.buttonOfChosen("off", model::takeAway);
        var split = new SplitPane(limits, shares);
        split.setDividerPositions(0.48);
        split.getStyleClass().add(Style.PLAIN);
        getChildren().add(split);
        model.look().addListener((o, was, is) -> show(is));
        show(model.look().get());
        sceneProperty().addListener((o, was, is) -> model.watched(is != null));
    }

    private void show(Look look) {
        limits.show(look.limits());
        shares.show(look.shares());
    }

    private static void show(Meter meter, FarmLimit limit) {
        meter.show(
                limit.most() == 0 ? 0 : (double) limit.used() / limit.most(),
                Texts.of("limits.used", limit.used(), limit.most()));
    }

    private static void show(Meter meter, FarmShare share) {
        var used = Figures.cores((int) share.usedCpuMilli());
        if (share.mostCpuMilli().isEmpty()) {
            meter.show(0, used);
            return;
        }
        int most = share.mostCpuMilli().getAsInt();
        meter.show(
                most == 0 ? 0 : (double) share.usedCpuMilli() / most,
                Texts.of("limits.used", used, Figures.cores(most)));
    }

    private static String number(OptionalInt number) {
        return number.isPresent() ? "" + number.getAsInt() : Figures.NONE;
    }

    private void addLimit() {
        askLimit("limits.make", Texts.of("limits.ask.limit"), Optional.empty());
    }

    private void change(FarmLimit limit) {
        askLimit("limits.set", Texts.of("limits.ask.change.limit", limit.name()), Optional.of(limit));
    }

    private void askLimit(String title, String sentence, Optional<FarmLimit> now) {
        ask(
                title,
                sentence,
                LimitFields.ofLimit(now),
                values -> model.set(LimitFields.limit(now.map(FarmLimit::name), values)));
    }

    private void addShare() {
        askShare("limits.make", Texts.of("limits.ask.share"), Optional.empty());
    }

    private void change(FarmShare share) {
        askShare("limits.set", Texts.of("limits.ask.change.share", share.name()), Optional.of(share));
    }

    private void askShare(String title, String sentence, Optional<FarmShare> now) {
        ask(
                title,
                sentence,
                LimitFields.ofShare(now),
                values -> model.set(LimitFields.share(now.map(FarmShare::name), values)));
    }

    private void ask(String title, String sentence, List<Question.Field> fields, Consumer<Map<String, String>> then) {
        questions.ask(new Question(Texts.of(title), sentence, false, fields, values -> {
            try {
                then.accept(values);
            } catch (IllegalArgumentException e) {
                model.say(Texts.of("limits.wrong", String.valueOf(e.getMessage())));
            }
        }));
    }
}
