package aque.session;

/// What an action says. The runner calls it in the order of output, from any thread.
public interface OutputLines {

    /// Takes a line of standard output, without its line break.
    ///
    /// @return false when the action has to be cancelled now: it said something that it must not say
    boolean take(String line);

    /// The line as it may be stored and shown, of any channel: secrets are asterisks. Call it after `take`.
    String shown(String line);
}
