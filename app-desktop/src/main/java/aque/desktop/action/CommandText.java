package aque.desktop.action;

import aque.farm.TaskDetails;
import aque.submit.EnvironmentPolicy;
import java.util.List;
import java.util.stream.Collectors;

/// A task's command as a person would type it into a shell. Pure.
public final class CommandText {
    private CommandText() {}

    /// The folder, what the task itself adds to the environment, and its arguments, in one line.
    static String whole(TaskDetails details) {
        var environment = details.environment().entrySet().stream()
                .sorted(java.util.Map.Entry.comparingByKey())
                .map(e -> e.getKey() + "=" + shown(e.getKey(), e.getValue()) + " ")
                .collect(Collectors.joining());
        return "cd " + quoted(details.cwd()) + " && " + environment + arguments(details.command());
    }

    /// What goes into a clipboard may end in a chat: secrets do not.
    private static String shown(String name, String value) {
        return EnvironmentPolicy.isSecret(name) ? "********" : quoted(value);
    }

    /// The argument list as a shell would need it. What only the worker fills in stays in its braces.
    public static String arguments(List<String> arguments) {
        return arguments.stream().map(CommandText::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./:=,@%+-]+|[A-Za-z0-9_./:=@%+{}-]+")
                ? word
                : "'" + word.replace("'", "'\\''") + "'";
    }
}
