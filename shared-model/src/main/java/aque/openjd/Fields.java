package aque.openjd;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The keys of one mapping, taken one by one; `refuseOthers` reports those that nobody took. One thread.
final class Fields {

    private final Place place;
    private final Node.Mapping mapping;
    private final Set<String> known = new LinkedHashSet<>();

    Fields(Place place, Node.Mapping mapping) {
        this.place = place;
        this.mapping = mapping;
    }

    Place place() {
        return place;
    }

    Set<String> keys() {
        return mapping.values().keySet();
    }

    int keyLine(String key) {
        return mapping.keyLines().getOrDefault(key, mapping.line());
    }

    /// An absent key and a key with null are the same.
    Optional<Place> get(String key) {
        known.add(key);
        var node = mapping.values().get(key);
        if (node == null || node instanceof Node.Scalar scalar && scalar.kind() == Node.Kind.NULL) {
            return Optional.empty();
        }
        return Optional.of(new Place(place.problems(), path(key), node));
    }

    Optional<Place> required(String key) {
        var value = get(key);
        if (value.isEmpty()) {
            place.problem("'" + key + "' is missing");
        }
        return value;
    }

    List<Place> items(String key, int most) {
        return get(key).map(place -> place.items(most)).orElse(List.of());
    }

    List<Place> items(String key) {
        return items(key, Integer.MAX_VALUE);
    }

    /// Keys that an extension brings: reported by its name when the template does not list it.
    void needs(Extension extension, Dialect dialect, String... keys) {
        for (var key : keys) {
            if (mapping.values().containsKey(key) && !dialect.has(extension)) {
                known.add(key);
                problem(key, "needs the extension " + extension + " in the template's 'extensions'");
            }
        }
    }

    void problem(String key, String message) {
        place.problems().add(keyLine(key), path(key), message);
    }

    void refuseOthers() {
        for (var key : mapping.values().keySet()) {
            if (!known.contains(key)) {
                problem(key, "unknown key" + Similar.hint(key, known));
            }
        }
    }

    private String path(String key) {
        return place.path().isEmpty() ? key : place.path() + "." + key;
    }
}
