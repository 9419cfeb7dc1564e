package aque.openjd;

import java.util.Optional;

/// What a line on a task's standard output tells the farm: `openjd_progress: 50`. The form is exact: lower case, one
/// line, colon and space. Pure.
public sealed interface Directive {

    /// @param percent from 0 to 100
    record Progress(double percent) implements Directive {}

    record Status(String text) implements Directive {}

    record Fail(String text) implements Directive {}

    /// Sets a variable for later actions.
    record Env(String name, String value) implements Directive {}

    record UnsetEnv(String name) implements Directive {}

    /// As `Env`; the value must not show in logs.
    record RedactedEnv(String name, String value) implements Directive {}

    record LogLevel(Level level) implements Directive {}

    /// @param value that must not show in logs, if there is one
    /// @param cancels true for variables: their action has failed; else the line is text with an error in it
    record Malformed(String error, Optional<String> value, boolean cancels) implements Directive {}

    /// The line is only text.
    record Plain() implements Directive {}

    /// How much a session logs.
    enum Level {
        DEBUG,
        INFO,
        WARNING,
        ERROR
    }

    /// What a line says; the line has no line break at its end.
    static Directive parse(String line) {
        return DirectiveParser.parse(line);
    }
}
