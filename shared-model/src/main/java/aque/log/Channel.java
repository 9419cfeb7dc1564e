package aque.log;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Where a piece of log came from (A99). `code` is what the database stores.
public enum Channel {
    STDOUT(1),
    STDERR(2),
    STATUS(3),
    PROGRESS(4),
    LOG(5),
    USAGE(6),
    /// What a task says that came out of it.
    RESULT(7),
    /// Channels that tasks name themselves: whole lines, each begins with its channel's name and a blank.
    FREE(8);

    private final int code;

    Channel(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Channel ofCode(int code) {
        return Arrays.stream(values()).filter(c -> c.code == code).findFirst().orElseThrow();
    }

    public static Optional<Channel> ofWord(String word) {
        return Arrays.stream(values()).filter(c -> c.word().equals(word)).findFirst();
    }

    /// Whether tasks may call a channel of their own so.
    public static boolean isFreeName(String word) {
        return word.matches("[a-z][a-z0-9_-]{0,30}") && ofWord(word).isEmpty();
    }
}
