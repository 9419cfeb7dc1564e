package aque.openjd;

import java.util.List;
import java.util.Map;

/// A value as the file has it, with the line (from 1) where it starts. YAML 1.2 and JSON become the same tree.
sealed interface Node {

    int line();

    /// What a plain word means: YAML 1.2's core schema. Quoted words are always `STRING`.
    enum Kind {
        STRING,
        INT,
        FLOAT,
        BOOL,
        NULL
    }

    record Scalar(String text, Kind kind, int line) implements Node {}

    record Items(List<Node> values, int line) implements Node {}

    record Mapping(Map<String, Node> values, Map<String, Integer> keyLines, int line) implements Node {}

    /// What a person calls such a value.
    default String noun() {
        return switch (this) {
            case Items items -> "a list";
            case Mapping mapping -> "a mapping";
            case Scalar scalar ->
                switch (scalar.kind()) {
                    case STRING -> "text";
                    case INT -> "the number " + scalar.text();
                    case FLOAT -> "the decimal number " + scalar.text();
                    case BOOL -> scalar.text() + " (true or false)";
                    case NULL -> "nothing (null)";
                };
        };
    }
}
