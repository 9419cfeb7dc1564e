package aque.desktop.submit;

import aque.desktop.settings.Settings;
import aque.openjd.ParameterDefinition;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What was filled into the forms before, by what was submitted: presets, which have names, and the last few
/// submissions. A form begins with the values of its last submission; what a drop itself tells comes before them.
final class SubmitMemory {
    private static final String SECTION = "submit";
    private static final int MOST = 12;
    private static final int FORMS = 200;
    private static final DateTimeFormatter WHEN =
            DateTimeFormatter.ofLocalizedDateTime(FormatStyle.SHORT).withZone(ZoneId.systemDefault());

    private final Settings settings;

    /// Values that somebody used, or kept under a name.
    ///
    /// @param name "" for a submission
    record Kept(String name, Map<String, String> values, Instant at) {
        Kept {
            values = Map.copyOf(values);
        }

        boolean preset() {
            return !name.isEmpty();
        }

        /// Its name, or when it was submitted.
        String word() {
            return preset() ? name : WHEN.format(at);
        }
    }

    /// Oldest form first, so that the one that nobody used for longest is forgotten.
    private record Forms(List<Form> forms) {}

    private record Form(String title, List<Kept> kept) {}

    SubmitMemory(Settings settings) {
        this.settings = settings;
    }

    /// Presets by name, then submissions, the last first.
    List<Kept> of(Draft draft) {
        return forms().stream()
                .filter(form -> form.title().equals(key(draft)))
                .findFirst()
                .map(Form::kept)
                .orElse(List.of());
    }

    /// The draft as its form was last submitted.
    Draft sticky(Draft draft) {
        return of(draft).stream()
                .filter(kept -> !kept.preset())
                .findFirst()
                .map(kept -> fill(draft, kept))
                .orElse(draft);
    }

    /// The draft with values that were kept, where it still asks for them.
    Draft fill(Draft draft, Kept kept) {
        var filled = draft;
        for (var parameter : draft.offer().parameters()) {
            var value = Optional.ofNullable(kept.values().get(parameter.name()))
                    .filter(v -> !draft.offer().preset().containsKey(parameter.name()));
            if (value.isPresent() && parameter.refusal(value.get()).isEmpty()) {
                filled = filled.with(parameter.name(), value.get());
            }
        }
        return filled;
    }

    void submitted(Draft draft) {
        put(draft, new Kept("", draft.values(), Instant.now()));
    }

    void preset(String name, Draft draft) {
        put(draft, new Kept(name, draft.values(), Instant.now()));
    }

    private void put(Draft draft, Kept now) {
        if (draft.offer().parameters().isEmpty()) {
            return;
        }
        var before = of(draft).stream()
                .filter(kept -> now.preset()
                        ? !kept.name().equals(now.name())
                        : kept.preset() || !kept.values().equals(now.values()))
                .toList();
        var presets = Stream.concat(Stream.of(now), before.stream())
                .filter(Kept::preset)
                .sorted(Comparator.comparing(Kept::name));
        var past = Stream.concat(Stream.of(now), before.stream())
                .filter(kept -> !kept.preset())
                .limit(MOST);
        var forms = new ArrayList<>(forms());
        forms.removeIf(form -> form.title().equals(key(draft)));
        forms.add(new Form(key(draft), Stream.concat(presets, past).toList()));
        settings.put(SECTION, new Forms(forms.subList(Math.max(0, forms.size() - FORMS), forms.size())));
    }

    private List<Form> forms() {
        return settings.get(SECTION, Forms.class).map(Forms::forms).orElse(List.of());
    }

    /// The same template in another folder is the same form.
    private static String key(Draft draft) {
        var names = draft.offer().parameters().stream().map(ParameterDefinition::name);
        return draft.offer().title() + " " + names.sorted().collect(Collectors.joining(","));
    }
}
