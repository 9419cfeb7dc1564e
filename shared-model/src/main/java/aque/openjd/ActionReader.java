package aque.openjd;

import aque.openjd.EmbeddedFile.EndOfLine;
import aque.openjd.ScriptAction.Cancelation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// Reads actions and embedded files, which steps and environments share.
final class ActionReader {

    private static final int LONGEST_NOTIFY = 600;

    private final Dialect dialect;
    private final Scope atSubmit;

    ActionReader(Dialect dialect, Scope atSubmit) {
        this.dialect = dialect;
        this.atSubmit = atSubmit;
    }

    Optional<ScriptAction> action(Place place, Scope scope) {
        return place.fields().flatMap(fields -> {
            var command = fields.required("command").flatMap(text -> command(text, scope));
            var args = args(fields, scope);
            var timeout = timeout(fields);
            var cancelation = cancelation(fields);
            fields.refuseOthers();
            return command.map(text -> new ScriptAction(text, args, timeout, cancelation));
        });
    }

    private static Optional<FormatString> command(Place place, Scope scope) {
        return Words.line(place, Integer.MAX_VALUE).flatMap(text -> scope.check(place, text));
    }

    List<FormatString> args(Fields fields, Scope scope) {
        return fields.items("args").stream()
                .filter(place -> place.text()
                        .filter(text -> !Words.controls(place, text, "\n\r"))
                        .isPresent())
                .flatMap(place -> scope.format(place).stream())
                .toList();
    }

    Optional<FormatString> timeout(Fields fields) {
        return fields.get("timeout").flatMap(place -> seconds(place, Long.MAX_VALUE));
    }

    /// A positive whole number, or with the extension a text that becomes one at submit.
    private Optional<FormatString> seconds(Place place, long most) {
        if (place.isText() && place.text().orElse("").contains("{{")) {
            return deferred(place);
        }
        return Numbers.whole(place)
                .filter(value -> {
                    if (value < 1 || value > most) {
                        place.problem("must be at least 1" + (most < Long.MAX_VALUE ? " and at most " + most : ""));
                    }
                    return value >= 1 && value <= most;
                })
                .map(value -> FormatString.of(value.toString()));
    }

    private Optional<FormatString> deferred(Place place) {
        if (!dialect.has(Extension.FEATURE_BUNDLE_1)) {
            place.problem("a '{{…}}' here needs the extension FEATURE_BUNDLE_1");
        }
        return atSubmit.format(place);
    }

    Cancelation cancelation(Fields action) {
        return action.get("cancelation")
                .flatMap(Place::fields)
                .flatMap(this::cancelationOf)
                .orElse(Cancelation.TERMINATE);
    }

    private Optional<Cancelation> cancelationOf(Fields fields) {
        var mode = fields.required("mode").flatMap(this::mode);
        var period = mode.filter(text -> text.text().equals("TERMINATE")).isPresent()
                ? Optional.<FormatString>empty()
                : fields.get("notifyPeriodInSeconds").flatMap(place -> seconds(place, LONGEST_NOTIFY));
        fields.refuseOthers();
        return mode.map(text -> new Cancelation(text, period));
    }

    private Optional<FormatString> mode(Place place) {
        return place.text().flatMap(text -> {
            if (text.contains("{{")) {
                return deferred(place);
            }
            if (!text.equals("TERMINATE") && !text.equals("NOTIFY_THEN_TERMINATE")) {
                place.problem("'" + text + "' is not one of [TERMINATE, NOTIFY_THEN_TERMINATE]");
            }
            return Optional.of(FormatString.of(text.contains("}}") ? "TERMINATE" : text));
        });
    }

    /// Names only, for the scope of those who use the files.
    static List<String> fileNames(Fields script) {
        var names = new ArrayList<String>();
        if (script.get("embeddedFiles").map(Place::node).orElse(null) instanceof Node.Items items) {
            for (var node : items.values()) {
                if (node instanceof Node.Mapping mapping && mapping.values().get("name") instanceof Node.Scalar name) {
                    names.add(name.text());
                }
            }
        }
        return names;
    }

    List<EmbeddedFile> files(Fields script, Scope scope) {
        var files = new ArrayList<EmbeddedFile>();
        var names = new HashSet<String>();
        for (var place : script.items("embeddedFiles")) {
            place.fields().flatMap(fields -> file(fields, scope)).ifPresent(file -> {
                if (!names.add(file.name())) {
                    place.problem("there is another embedded file with the name '" + file.name() + "'");
                }
                files.add(file);
            });
        }
        return files;
    }

    private Optional<EmbeddedFile> file(Fields fields, Scope scope) {
        var name = fields.required("name").flatMap(place -> Words.identifier(place, dialect.name()));
        fields.required("type")
                .flatMap(Place::text)
                .filter(type -> !type.equals("TEXT"))
                .ifPresent(type -> {
                    fields.problem("type", "'" + type + "' is not TEXT, the only type there is");
                });
        var filename = fields.get("filename").flatMap(this::filename);
        var runnable = fields.get("runnable").flatMap(Place::bool).orElse(false);
        var data = fields.required("data")
                .filter(place -> Words.sized(place, 1, Integer.MAX_VALUE).isPresent())
                .flatMap(scope::format);
        fields.needs(Extension.FEATURE_BUNDLE_1, dialect, "endOfLine");
        var end = fields.get("endOfLine").flatMap(place -> place.oneOf(EndOfLine.class));
        fields.refuseOthers();
        return name.flatMap(
                n -> data.map(text -> new EmbeddedFile(n, filename, runnable, text, end.orElse(EndOfLine.AUTO))));
    }

    private Optional<String> filename(Place place) {
        return Words.sized(place, 1, dialect.filename()).filter(name -> {
            var right = name.chars().noneMatch(c -> c == '/' || c == '\\' || c == 0)
                    && !name.equals(".")
                    && !name.equals("..");
            if (!right) {
                place.problem("'" + name + "' must be the name of a file, without a folder");
            }
            return right;
        });
    }
}
