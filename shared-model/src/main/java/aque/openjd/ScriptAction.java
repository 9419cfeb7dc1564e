package aque.openjd;

import java.util.List;
import java.util.Optional;

/// A command as the template has it: its names are filled in on the worker.
///
/// @param timeout whole seconds once filled in; empty means no limit
public record ScriptAction(
        FormatString command, List<FormatString> args, Optional<FormatString> timeout, Cancelation cancelation) {

    /// How the command is cancelled.
    ///
    /// @param mode `TERMINATE` or `NOTIFY_THEN_TERMINATE` once filled in
    /// @param notifyPeriod whole seconds between the two signals once filled in; empty means the default
    public record Cancelation(FormatString mode, Optional<FormatString> notifyPeriod) {

        /// Kill at once.
        public static final Cancelation TERMINATE = new Cancelation(FormatString.of("TERMINATE"), Optional.empty());
    }

    public ScriptAction {
        args = List.copyOf(args);
    }
}
