package aque.desktop;

import aque.desktop.action.Question;
import aque.desktop.command.Command;
import aque.desktop.theme.Icons;
import aque.desktop.theme.Texts;
import aque.submit.ArgLines;
import aque.submit.SubmitException;
import aque.task.TaskView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.scene.control.MenuItem;

/// Commands that a person made for tasks: a viewer, a chat, a script of the house. Each runs on this machine, once for
/// every chosen task, and has a line in the menus, in the palette, and a key where somebody gives it one. Kept in the
/// settings. FX thread.
final class OwnCommands {
    private static final String SECTION = "commands";
    /// A slip of the hand shall not open a thousand viewers.
    private static final int MOST = 20;
    private static final String SIGN = "mdal-code";

    private final Session session;
    private final List<Own> all = new ArrayList<>();

    /// @param line the command as it was typed, with places such as `{id}`
    record Own(String title, String line) {
        String id() {
            return "own." + title.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "-");
        }
    }

    /// What the settings keep.
    record Kept(List<Own> commands) {}

    OwnCommands(Session session) {
        this.session = session;
        session.settings.get(SECTION, Kept.class).ifPresent(kept -> all.addAll(kept.commands()));
        session.menu.more(this::items);
    }

    /// One for each that was made.
    List<Command> commands() {
        return all.stream().map(this::command).toList();
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /// Lets a person make one; of the same name it takes the place of the former.
    void make() {
        session.questions.ask(new Question(
                Texts.of("own.make"),
                Texts.of("own.make.sentence"),
                false,
                List.of(
                        new Question.Field.Line("title", Texts.of("own.title"), "", true),
                        new Question.Field.Line("line", Texts.of("own.line"), "", true)),
                values -> made(new Own(values.getOrDefault("title", "").strip(), values.getOrDefault("line", "")))));
    }

    /// Lets a person choose one to be forgotten.
    void forget() {
        var titles = all.stream().map(Own::title).toList();
        session.questions.ask(new Question(
                Texts.of("own.forget"),
                Texts.of("own.forget.sentence"),
                false,
                List.of(new Question.Field.Choice("title", Texts.of("own.title"), titles, titles.getFirst())),
                values -> forgotten(values.getOrDefault("title", ""))));
    }

    private void made(Own own) {
        try {
            words(own, Map.of());
        } catch (SubmitException e) {
            session.notices.failed(Texts.of("own.wrong", String.valueOf(e.getMessage())));
            return;
        }
        all.removeIf(other -> other.id().equals(own.id()));
        all.add(own);
        session.keys.add(List.of(command(own)));
        keep();
        session.notices.done(Texts.of("own.made", own.title()));
    }

    private void forgotten(String title) {
        all.removeIf(own -> {
            boolean is = own.title().equals(title);
            if (is) {
                session.keys.remove(own.id());
            }
            return is;
        });
        keep();
    }

    private void keep() {
        session.settings.put(SECTION, new Kept(List.copyOf(all)));
    }

    private Command command(Own own) {
        return new Command(
                own.id(),
                Texts.of("command.group.own"),
                own.title(),
                SIGN,
                List.of(),
                () -> !session.selection.ids().isEmpty(),
                () -> run(own));
    }

    private List<MenuItem> items() {
        return all.stream().map(own -> item(command(own))).toList();
    }

    private MenuItem item(Command command) {
        var item = new MenuItem(command.title(), Icons.sign(SIGN));
        item.setId(command.id());
        session.keys.of(command.id()).ifPresent(item::setAccelerator);
        item.setOnAction(e -> command.run().run());
        return item;
    }

    private void run(Own own) {
        var tasks = session.selection.ids().stream()
                .flatMap(id -> session.model.row(id).stream())
                .map(row -> row.view())
                .toList();
        if (tasks.size() > MOST) {
            session.notices.failed(Texts.of("own.many", own.title(), MOST));
            return;
        }
        session.background.run(
                "own",
                () -> {
                    for (var task : tasks) {
                        start(own, task);
                    }
                    return tasks.size();
                },
                started -> session.notices.done(Texts.of("own.started", own.title(), started)));
    }

    private void start(Own own, TaskView task) throws IOException {
        new ProcessBuilder(words(own, places(own, task)))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .onExit()
                .thenAccept(ended -> session.background.later(() -> ended(own, ended.exitValue())));
    }

    private void ended(Own own, int code) {
        if (code != 0) {
            session.notices.failed(Texts.of("own.ended", own.title(), code));
        }
    }

    /// Cut into words first and filled in then: no name of a task becomes a part of the command.
    private static List<String> words(Own own, Map<String, String> places) {
        var whole = new ArgLines(false, Optional.empty(), Optional.empty(), Optional.empty());
        return whole.commands(List.of(), own.line()).getFirst().stream()
                .map(word -> filled(word, places))
                .toList();
    }

    private static String filled(String word, Map<String, String> places) {
        var now = word;
        for (var place : places.entrySet()) {
            now = now.replace("{" + place.getKey() + "}", place.getValue());
        }
        return now;
    }

    private Map<String, String> places(Own own, TaskView task) {
        var folder = Stream.of(own.line())
                .filter(line -> line.contains("{folder}"))
                .flatMap(line -> session.farm.store().details(task.id()).stream())
                .map(details -> details.cwd())
                .findFirst()
                .orElse("");
        return Map.of(
                "id", task.id().toString(),
                "job", task.job().toString(),
                "name", task.name(),
                "owner", task.owner(),
                "worker", task.worker(),
                "folder", folder);
    }
}
