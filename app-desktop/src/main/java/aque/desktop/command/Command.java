package aque.desktop.command;

import java.util.List;
import java.util.function.BooleanSupplier;

/// Something that the window can be told to do.
///
/// @param id its name in the settings
/// @param group heading under which it stands
/// @param sign Ikonli literal
/// @param usual its keys before somebody chooses others, as `KeyCombination` reads them
/// @param enabled can it be done now?
public record Command(
        String id, String group, String title, String sign, List<String> usual, BooleanSupplier enabled, Runnable run) {

    public Command {
        usual = List.copyOf(usual);
    }

    /// One that can be done at any time.
    public static Command always(String id, String group, String title, String sign, String key, Runnable run) {
        return new Command(id, group, title, sign, key.isEmpty() ? List.of() : List.of(key), () -> true, run);
    }
}
