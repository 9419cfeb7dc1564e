package aque.log;

import java.util.regex.Pattern;

/// The escape sequences that programs write for terminals. Pure.
public final class Ansi {
    /// One sequence; group 1 holds the numbers of one that sets colours.
    public static final Pattern ESCAPE = Pattern.compile(
            "\u001b(?:\\[([0-9;:]*)m|\\[[0-9;?]*[ -/]*[@-~]|\\][^\u0007\u001b]*(?:\u0007|\u001b\\\\)|.)");

    private Ansi() {}

    /// What a person reads: the text without the sequences.
    public static String plain(String raw) {
        return raw.indexOf('\u001b') < 0 ? raw : ESCAPE.matcher(raw).replaceAll("");
    }
}
