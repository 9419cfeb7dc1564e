package aque.desktop.command;

import aque.desktop.settings.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyCombination.Modifier;
import javafx.scene.input.KeyEvent;

/// Which key does what: the usual ones, and what this person chose instead, kept in the settings. FX thread.
public final class Keys {
    private static final String SECTION = "keys";

    private final Settings settings;
    private final Map<String, Command> commands = new LinkedHashMap<>();
    private final Map<String, String> chosen = new TreeMap<>();
    private final List<Runnable> listeners = new ArrayList<>();

    /// By command; "" where a key was taken away.
    record Chosen(Map<String, String> keys) {}

    public Keys(Settings settings) {
        this.settings = settings;
        settings.get(SECTION, Chosen.class).ifPresent(saved -> chosen.putAll(saved.keys()));
    }

    /// Makes commands known, in the order in which they are shown.
    public void add(List<Command> more) {
        more.forEach(command -> commands.put(command.id(), command));
    }

    /// Forgets a command; the key that somebody gave it stays, in case that it comes back.
    public void remove(String id) {
        commands.remove(id);
    }

    public List<Command> commands() {
        return List.copyOf(commands.values());
    }

    /// The keys of a command now; one that cannot be read has none.
    public List<KeyCombination> of(Command command) {
        var words = Optional.ofNullable(chosen.get(command.id())).map(List::of).orElse(command.usual());
        return words.stream().flatMap(word -> read(word).stream()).toList();
    }

    /// The first key of the command with this id, as a menu shows it.
    public Optional<KeyCombination> of(String id) {
        return Optional.ofNullable(commands.get(id))
                .flatMap(command -> of(command).stream().findFirst());
    }

    /// What this key press means.
    public Optional<Command> meant(KeyEvent pressed) {
        return commands.values().stream()
                .filter(command -> of(command).stream().anyMatch(key -> key.match(pressed)))
                .findFirst();
    }

    /// Gives a command another key. Whoever had it has none from then on.
    ///
    /// @return the command that had it
    public Optional<Command> choose(Command command, KeyCombination key) {
        var before = commands.values().stream()
                .filter(other -> !other.id().equals(command.id()) && of(other).contains(key))
                .findFirst();
        before.ifPresent(other -> chosen.put(other.id(), ""));
        chosen.put(command.id(), key.getName());
        save();
        return before;
    }

    /// Back to the usual key.
    public void reset(Command command) {
        chosen.remove(command.id());
        save();
    }

    public boolean isChosen(Command command) {
        return chosen.containsKey(command.id());
    }

    /// Runs after every change.
    public void listen(Runnable listener) {
        listeners.add(listener);
    }

    /// A key press as a combination; empty while only Shift or Ctrl is down.
    static Optional<KeyCombination> combination(KeyEvent pressed) {
        if (pressed.getCode().isModifierKey() || pressed.getCode() == KeyCode.UNDEFINED) {
            return Optional.empty();
        }
        var modifiers = new ArrayList<Modifier>();
        if (pressed.isShortcutDown()) {
            modifiers.add(KeyCombination.SHORTCUT_DOWN);
        }
        if (pressed.isShiftDown()) {
            modifiers.add(KeyCombination.SHIFT_DOWN);
        }
        if (pressed.isAltDown()) {
            modifiers.add(KeyCombination.ALT_DOWN);
        }
        return Optional.of(new KeyCodeCombination(pressed.getCode(), modifiers.toArray(Modifier[]::new)));
    }

    /// Keys as people write them: `Ctrl+K`, `?`.
    public static String words(List<KeyCombination> keys) {
        return keys.stream()
                .map(KeyCombination::getDisplayText)
                .map(text -> text.equals("Shift+/") ? "?" : text)
                .collect(Collectors.joining(", "));
    }

    private void save() {
        settings.put(SECTION, new Chosen(Map.copyOf(chosen)));
        listeners.forEach(Runnable::run);
    }

    private static Optional<KeyCombination> read(String word) {
        try {
            return word.isBlank() ? Optional.empty() : Optional.of(KeyCombination.valueOf(word));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
