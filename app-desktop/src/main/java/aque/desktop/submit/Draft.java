package aque.desktop.submit;

import aque.openjd.ParameterDefinition;
import aque.submit.Offer;
import aque.submit.SceneCopy;
import aque.submit.Source;
import aque.submit.Submission;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// One job in the making: what a path was understood to be, and what a person has filled in so far. A plain value.
///
/// @param path what was dropped; for a template of the library the folder where its relative paths start
/// @param routine the template of the library, when nothing was dropped
/// @param values by parameter, as they stand in the form
record Draft(
        Path path,
        Optional<String> routine,
        Offer offer,
        Map<String, String> values,
        String title,
        int priority,
        boolean held) {

    Draft {
        values = Map.copyOf(values);
    }

    /// As it is offered, nothing filled in yet.
    static Draft of(Path path, Offer offer) {
        var values = new LinkedHashMap<String, String>();
        for (var parameter : offer.parameters()) {
            values.put(parameter.name(), start(parameter, offer));
        }
        return new Draft(path, Optional.empty(), offer, values, "", Submission.DEFAULT_PRIORITY, false);
    }

    /// A template of the library, nothing filled in yet.
    static Draft of(String routine, Offer offer) {
        var home = Path.of(System.getProperty("user.home"));
        var draft = of(home, offer);
        return new Draft(home, Optional.of(routine), offer, draft.values, "", draft.priority, false);
    }

    /// What the job is made of, kept with it.
    Source source(Optional<SceneCopy> copy) {
        return routine.map(name -> Source.ofRoutine(name, values, copy)).orElseGet(() -> Source.of(path, values, copy));
    }

    Draft with(String parameter, String value) {
        var changed = new HashMap<>(values);
        changed.put(parameter, value);
        return new Draft(path, routine, offer, changed, title, priority, held);
    }

    /// With what the scene's tool told of it.
    Draft told(Offer offered) {
        var changed = new HashMap<>(values);
        offered.preset().forEach((name, value) -> {
            if (!value.equals(offer.preset().get(name))) {
                changed.put(name, value);
            }
        });
        return new Draft(path, routine, offered, changed, title, priority, held);
    }

    Draft withTitle(String text) {
        return new Draft(path, routine, offer, values, text, priority, held);
    }

    Draft withPriority(int number) {
        return new Draft(path, routine, offer, values, title, number, held);
    }

    Draft withHeld(boolean hold) {
        return new Draft(path, routine, offer, values, title, priority, hold);
    }

    /// Why a value is refused; empty when it is fine, or may be left out.
    Optional<String> refusal(ParameterDefinition parameter) {
        var value = values.getOrDefault(parameter.name(), "");
        if (value.isEmpty() && parameter.defaultValue().isPresent()) {
            return Optional.empty();
        }
        return parameter.refusal(value);
    }

    /// What was filled in, as the offer takes it.
    Offer.Values given(String owner) {
        var given = new HashMap<String, String>();
        for (var parameter : offer.parameters()) {
            var value = values.getOrDefault(parameter.name(), "");
            if (!value.equals(parameter.defaultValue().orElse(""))) {
                given.put(parameter.name(), value);
            }
        }
        return Offer.Values.of(given, folder(), owner);
    }

    /// The tasks that it would become. Reads files: not for the FX thread.
    ///
    /// @throws aque.submit.SubmitException or [aque.openjd.TemplateException] when a value is not right
    Submission submission(Offer.Values given) {
        var made = offer.submission(given).withPriority(priority);
        var named = title.isBlank() ? made : made.withTitle(title);
        return held ? named.withHeld(true) : named;
    }

    private Path folder() {
        var whole = path.toAbsolutePath().normalize();
        var above = whole.getParent();
        return Files.isDirectory(whole) || above == null ? whole : above;
    }

    private static String start(ParameterDefinition parameter, Offer offer) {
        return Optional.ofNullable(offer.preset().get(parameter.name()))
                .or(parameter::defaultValue)
                .orElse("");
    }
}
