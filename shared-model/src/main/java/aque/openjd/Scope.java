package aque.openjd;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The names that a format string may use where it stands.
record Scope(Set<String> names, Map<String, String> refusals) {

    private static final List<String> SESSION =
            List.of("Session.WorkingDirectory", "Session.HasPathMappingRules", "Session.PathMappingRulesFile");

    /// What is known at submit: parameters, but a PATH only as given, since where it is mapped to depends on the
    /// worker.
    ///
    /// @param parameters name to type
    static Scope atSubmit(Map<String, String> parameters) {
        var names = new LinkedHashSet<String>();
        var refusals = new HashMap<String, String>();
        parameters.forEach((name, type) -> {
            names.add("RawParam." + name);
            if (type.equals("PATH")) {
                refusals.put("Param." + name, "is a PATH, known only on the worker; use RawParam." + name + " here");
            } else {
                names.add("Param." + name);
            }
        });
        SESSION.forEach(name -> refusals.put(name, "is known only on the worker, not where this is needed"));
        return new Scope(names, refusals);
    }

    /// What is known on the worker.
    static Scope onWorker(Collection<String> parameters) {
        var names = new LinkedHashSet<>(SESSION);
        parameters.forEach(name -> names.addAll(List.of("Param." + name, "RawParam." + name)));
        return new Scope(names, Map.of());
    }

    Scope with(String prefix, Collection<String> more) {
        var all = new LinkedHashSet<>(names);
        more.forEach(name -> all.add(prefix + name));
        return new Scope(all, refusals);
    }

    /// Reads a format string at this place and checks its names.
    Optional<FormatString> format(Place place) {
        return place.text().flatMap(text -> check(place, text));
    }

    Optional<FormatString> check(Place place, String text) {
        try {
            var format = FormatString.of(text);
            format.names().stream()
                    .distinct()
                    .filter(name -> !names.contains(name))
                    .forEach(name -> {
                        place.problem("'{{" + name + "}}' " + why(name));
                    });
            return Optional.of(format);
        } catch (IllegalArgumentException e) {
            place.problem(e);
            return Optional.empty();
        }
    }

    private String why(String name) {
        return refusals.getOrDefault(name, "is not known here" + Similar.hint(name, names));
    }
}
