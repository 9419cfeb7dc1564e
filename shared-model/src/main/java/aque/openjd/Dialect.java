package aque.openjd;

import java.util.EnumSet;
import java.util.Set;

/// What a template may use: its extensions, and the limits that follow from them.
record Dialect(Set<Extension> extensions) {

    static final int DESCRIPTION = 2048;
    static final int VALUE = 1024;
    static final int RANGE = 1024;

    Dialect {
        extensions = Set.copyOf(extensions);
    }

    boolean has(Extension extension) {
        return extensions.contains(extension);
    }

    private boolean wide() {
        return has(Extension.FEATURE_BUNDLE_1);
    }

    /// Longest identifier, step name and environment name.
    int name() {
        return wide() ? 512 : 64;
    }

    int jobName() {
        return wide() ? 512 : 128;
    }

    int filename() {
        return wide() ? 256 : 64;
    }

    int jobParameters() {
        return wide() ? 200 : 50;
    }

    /// Reads the key `extensions`; reports unknown and doubled ones.
    static Dialect read(Fields template) {
        var found = EnumSet.noneOf(Extension.class);
        for (var place : template.items("extensions")) {
            place.text().ifPresent(name -> add(found, place, name));
        }
        return new Dialect(found);
    }

    private static void add(Set<Extension> found, Place place, String name) {
        var known = EnumSet.allOf(Extension.class).stream()
                .filter(e -> e.name().equals(name))
                .findFirst();
        if (known.isEmpty()) {
            place.problem("Aque does not know the extension '" + name + "', only " + EnumSet.allOf(Extension.class));
        } else if (!found.add(known.get())) {
            place.problem("the extension '" + name + "' is listed twice");
        }
    }
}
