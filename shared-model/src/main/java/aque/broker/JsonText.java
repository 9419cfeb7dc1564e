package aque.broker;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// Strings as JSON. The mapper's own start-up takes longer than a whole `aque submit`, and this is all that one needs.
final class JsonText {
    private static final HexFormat HEX = HexFormat.of();

    private final StringBuilder out = new StringBuilder();

    private JsonText() {}

    static String list(List<String> items) {
        var json = new JsonText();
        json.out.append('[');
        for (var item : items) {
            json.comma().quote(item);
        }
        return json.out.append(']').toString();
    }

    static String object(Map<String, String> fields) {
        var json = new JsonText();
        json.out.append('{');
        for (var field : fields.entrySet()) {
            json.comma().quote(field.getKey());
            json.out.append(':');
            json.quote(field.getValue());
        }
        return json.out.append('}').toString();
    }

    private JsonText comma() {
        if (out.length() > 1) {
            out.append(',');
        }
        return this;
    }

    private void quote(String text) {
        out.append('"');
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append("\\u").append(HEX.toHexDigits(c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
