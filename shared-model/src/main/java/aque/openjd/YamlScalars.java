package aque.openjd;

import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/// What a scalar means by YAML 1.2's core schema: `yes` and `on` are words, `012` is twelve.
final class YamlScalars {

    private static final String STANDARD = "tag:yaml.org,2002:";
    private static final Pattern NULL = Pattern.compile("|~|null|Null|NULL");
    private static final Pattern BOOL = Pattern.compile("true|True|TRUE|false|False|FALSE");
    private static final Pattern INT = Pattern.compile("[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+");
    private static final Pattern FLOAT = Pattern.compile(
            "[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?(\\.inf|\\.Inf|\\.INF)|\\.nan|\\.NaN|\\.NAN");

    private YamlScalars() {}

    static Node.Scalar resolve(ScalarEvent event, int line, Problems problems) {
        return new Node.Scalar(event.getValue(), kind(event, line, problems), line);
    }

    private static Node.Kind kind(ScalarEvent event, int line, Problems problems) {
        var tag = event.getTag().orElse(event.isPlain() ? "" : "!");
        return switch (tag) {
            case "" -> plain(event.getValue());
            case "!", STANDARD + "str" -> Node.Kind.STRING;
            case STANDARD + "int", STANDARD + "float", STANDARD + "bool", STANDARD + "null" -> plain(event.getValue());
            default -> {
                problems.add(line, "", "the YAML tag " + tag + " has no meaning here");
                yield Node.Kind.STRING;
            }
        };
    }

    private static Node.Kind plain(String text) {
        if (NULL.matcher(text).matches()) {
            return Node.Kind.NULL;
        }
        if (BOOL.matcher(text).matches()) {
            return Node.Kind.BOOL;
        }
        if (INT.matcher(text).matches()) {
            return Node.Kind.INT;
        }
        return FLOAT.matcher(text).matches() ? Node.Kind.FLOAT : Node.Kind.STRING;
    }
}
