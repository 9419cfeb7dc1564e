package aque.desktop.theme;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/// Every text of the console, from `messages.properties`. Pure.
public final class Texts {
    private static final ResourceBundle BUNDLE = ResourceBundle.getBundle("aque.desktop.messages", Locale.ROOT);

    private Texts() {}

    /// The text of a key, with its places `{0}`, `{1}` … filled. A missing key throws: it is a fault in the program.
    public static String of(String key, Object... values) {
        var pattern = BUNDLE.getString(key);
        return values.length == 0 ? pattern : new MessageFormat(pattern, Locale.ROOT).format(values);
    }
}
