package aque.desktop;

import aque.db.Address;
import aque.desktop.theme.Theme;
import aque.task.TaskId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;

/// What the command line of the console says.
///
/// @param broker where the farm is; empty means this user's own server
/// @param picture file to write a picture of the window to, when its rows are shown; then the console ends
/// @param after how long to wait with the picture once everything is shown
/// @param select job to open
/// @param theme empty: as it was left, dark at first
/// @param width 0: as it was left, and so the height
record Options(
        Optional<Address> broker,
        Optional<Path> picture,
        Duration after,
        Optional<TaskId> select,
        Optional<Theme.Mode> theme,
        double width,
        double height,
        boolean help) {

    static final String USAGE = """
            usage: aque desktop [--broker URL] [--theme dark|light] [--size WxH] [--select JOB]
                                [--picture FILE.png [--after SECONDS]]""";

    /// Reads the command line, and `AQUE_BROKER` where it names no broker.
    ///
    /// @throws IllegalArgumentException with a sentence for the user
    static Options parse(String... arguments) {
        var words = new ArrayDeque<>(Arrays.asList(arguments));
        var found = new Options(
                Optional.ofNullable(System.getenv("AQUE_BROKER"))
                        .filter(url -> !url.isBlank())
                        .map(Address::parse),
                Optional.empty(),
                Duration.ZERO,
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                false);
        while (!words.isEmpty()) {
            found = found.with(words.remove(), words);
        }
        return found;
    }

    private Options with(String option, Deque<String> rest) {
        return switch (option) {
            case "desktop" -> this;
            case "--help", "-h" -> new Options(broker, picture, after, select, theme, width, height, true);
            case "--broker" -> withBroker(value(option, rest));
            case "--picture" ->
                new Options(
                        broker, Optional.of(Path.of(value(option, rest))), after, select, theme, width, height, help);
            case "--after" ->
                new Options(broker, picture, seconds(value(option, rest)), select, theme, width, height, help);
            case "--select" ->
                new Options(broker, picture, after, Optional.of(job(value(option, rest))), theme, width, height, help);
            case "--theme" ->
                new Options(
                        broker,
                        picture,
                        after,
                        select,
                        Optional.of(Theme.Mode.of(value(option, rest))),
                        width,
                        height,
                        help);
            case "--size" -> withSize(value(option, rest));
            default -> throw new IllegalArgumentException("unknown option " + option);
        };
    }

    private Options withBroker(String url) {
        var address = url.isBlank() ? Optional.<Address>empty() : Optional.of(Address.parse(url));
        return new Options(address, picture, after, select, theme, width, height, help);
    }

    private Options withSize(String size) {
        var sides = size.split("x");
        if (!size.matches("[0-9]{3,5}x[0-9]{3,5}")) {
            throw new IllegalArgumentException("not a size: " + size + " (1600x960)");
        }
        return new Options(
                broker, picture, after, select, theme, Integer.parseInt(sides[0]), Integer.parseInt(sides[1]), help);
    }

    private static String value(String option, Deque<String> rest) {
        if (rest.isEmpty()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return rest.remove();
    }

    private static Duration seconds(String text) {
        if (!text.matches("[0-9]{1,6}")) {
            throw new IllegalArgumentException("not a number of seconds: " + text);
        }
        return Duration.ofSeconds(Long.parseLong(text));
    }

    private static TaskId job(String text) {
        return TaskId.parse(text).orElseThrow(() -> new IllegalArgumentException("not a job id: " + text));
    }
}
