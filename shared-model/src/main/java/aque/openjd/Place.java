package aque.openjd;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// A value of the file and where it stands. Asked for a shape that the value does not have, it reports that and answers
/// empty, so that readers go on and find the next problem.
record Place(Problems problems, String path, Node node) {

    void problem(String message) {
        problems.add(node.line(), path, message);
    }

    /// What a parser said against this value.
    void problem(IllegalArgumentException refusal) {
        problem(String.valueOf(refusal.getMessage()));
    }

    /// Text in the strict sense: numbers, true and null are not text unless quoted.
    Optional<String> text() {
        if (node instanceof Node.Scalar scalar && scalar.kind() == Node.Kind.STRING) {
            return Optional.of(scalar.text());
        }
        return wrong("text");
    }

    Optional<Fields> fields() {
        if (node instanceof Node.Mapping mapping) {
            return Optional.of(new Fields(this, mapping));
        }
        return wrong("a mapping of keys to values");
    }

    /// The entries of a list with at least one and at most `most` of them.
    List<Place> items(int most) {
        if (!(node instanceof Node.Items items)) {
            wrong("a list");
            return List.of();
        }
        var size = items.values().size();
        if (size == 0) {
            problem("the list is empty; leave the key out or give at least one entry");
        }
        if (size > most) {
            problem("the list has " + size + " entries, at most " + most + " are allowed");
        }
        return IntStream.range(0, Math.min(size, most))
                .mapToObj(i ->
                        new Place(problems, path + "[" + i + "]", items.values().get(i)))
                .toList();
    }

    List<Place> items() {
        return items(Integer.MAX_VALUE);
    }

    boolean isText() {
        return node instanceof Node.Scalar scalar && scalar.kind() == Node.Kind.STRING;
    }

    Optional<Boolean> bool() {
        if (node instanceof Node.Scalar scalar && scalar.kind() == Node.Kind.BOOL) {
            return Optional.of(Boolean.parseBoolean(scalar.text()));
        }
        return wrong("true or false");
    }

    /// One of the constants of an enum, spelled as in Java.
    <E extends Enum<E>> Optional<E> oneOf(Class<E> type) {
        var values = List.of(type.getEnumConstants());
        return text().flatMap(text -> {
            var match = values.stream().filter(e -> e.name().equals(text)).findFirst();
            if (match.isEmpty()) {
                problem("'" + text + "' is not one of " + values);
            }
            return match;
        });
    }

    <T> Optional<T> wrong(String wanted) {
        problem("here must be " + wanted + ", not " + node.noun());
        return Optional.empty();
    }
}
