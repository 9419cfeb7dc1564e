package aque.openjd;

import aque.openjd.ParameterDefinition.DataFlow;
import aque.openjd.ParameterDefinition.ObjectType;
import aque.openjd.UserInterface.Control;
import aque.openjd.UserInterface.FileFilter;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads a parameter's `userInterface` and finds the control when none is named.
final class UserInterfaceReader {

    private static final int LABEL = 64;
    private static final int MOST_FILTERS = 20;
    private static final int LONGEST_PATTERN = 20;
    private static final Pattern PATTERN =
            Pattern.compile("\\*|\\*\\.\\*|\\*\\.[^\\p{Cc}\\\\/*?\\[\\]#%&{}<>$!'\":@`|=]+");
    private static final Set<Set<String>> SWITCHES =
            Set.of(Set.of("true", "false"), Set.of("yes", "no"), Set.of("on", "off"), Set.of("1", "0"));

    private final ParameterType type;
    private final List<String> allowed;
    private final Optional<ObjectType> objectType;
    private final DataFlow dataFlow;

    /// @param objectType only when the template gives it: its default forbids no control
    UserInterfaceReader(ParameterType type, List<String> allowed, Optional<ObjectType> objectType, DataFlow dataFlow) {
        this.type = type;
        this.allowed = allowed;
        this.objectType = objectType;
        this.dataFlow = dataFlow;
    }

    UserInterface read(Optional<Place> given) {
        return given.flatMap(Place::fields).map(this::read).orElseGet(() -> plain(usual()));
    }

    private static UserInterface plain(Control control) {
        return new UserInterface(
                control,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    private UserInterface read(Fields fields) {
        var control = fields.get("control").flatMap(this::control).orElse(usual());
        fits(fields, control);
        var result = new UserInterface(
                control,
                fields.get("label").flatMap(place -> Words.line(place, LABEL)),
                fields.get("groupLabel").flatMap(place -> Words.line(place, LABEL)),
                type == ParameterType.FLOAT ? decimals(fields, control) : Optional.empty(),
                type.isNumber() ? step(fields, control) : Optional.empty(),
                type == ParameterType.PATH ? filters(fields, control) : List.of(),
                type == ParameterType.PATH ? defaultFilter(fields, control) : Optional.empty());
        fields.refuseOthers();
        return result;
    }

    private Optional<Control> control(Place place) {
        return place.oneOf(Control.class).filter(control -> {
            var fits = controls().contains(control);
            if (!fits) {
                place.problem("a parameter of type " + type + " has no " + control + ", only " + controls());
            }
            return fits;
        });
    }

    private List<Control> controls() {
        return switch (type) {
            case STRING ->
                List.of(
                        Control.LINE_EDIT,
                        Control.MULTILINE_EDIT,
                        Control.DROPDOWN_LIST,
                        Control.CHECK_BOX,
                        Control.HIDDEN);
            case PATH ->
                List.of(
                        Control.CHOOSE_INPUT_FILE,
                        Control.CHOOSE_OUTPUT_FILE,
                        Control.CHOOSE_DIRECTORY,
                        Control.DROPDOWN_LIST,
                        Control.HIDDEN);
            case INT, FLOAT -> List.of(Control.SPIN_BOX, Control.DROPDOWN_LIST, Control.HIDDEN);
        };
    }

    private Control usual() {
        if (!allowed.isEmpty()) {
            return Control.DROPDOWN_LIST;
        }
        return switch (type) {
            case STRING -> Control.LINE_EDIT;
            case INT, FLOAT -> Control.SPIN_BOX;
            case PATH -> {
                if (objectType.filter(ObjectType.FILE::equals).isEmpty()) {
                    yield Control.CHOOSE_DIRECTORY;
                }
                yield dataFlow == DataFlow.OUT ? Control.CHOOSE_OUTPUT_FILE : Control.CHOOSE_INPUT_FILE;
            }
        };
    }

    private void fits(Fields fields, Control control) {
        switch (control) {
            case HIDDEN -> {}
            case DROPDOWN_LIST -> {
                if (allowed.isEmpty()) {
                    fields.place().problem("DROPDOWN_LIST needs allowedValues");
                }
            }
            case CHECK_BOX -> {
                if (!isSwitch()) {
                    fields.place()
                            .problem("CHECK_BOX needs two allowedValues: true and false, yes and no, on and off"
                                    + " or 1 and 0");
                }
            }
            case LINE_EDIT, MULTILINE_EDIT, SPIN_BOX -> withoutAllowed(fields, control);
            case CHOOSE_DIRECTORY -> {
                withoutAllowed(fields, control);
                object(fields, control, ObjectType.DIRECTORY);
            }
            case CHOOSE_INPUT_FILE, CHOOSE_OUTPUT_FILE -> {
                withoutAllowed(fields, control);
                object(fields, control, ObjectType.FILE);
            }
        }
    }

    private boolean isSwitch() {
        var words = allowed.stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
        return words.size() == 2 && !words.get(0).equals(words.get(1)) && SWITCHES.contains(Set.copyOf(words));
    }

    private void withoutAllowed(Fields fields, Control control) {
        if (!allowed.isEmpty()) {
            fields.place().problem(control + " cannot be used with allowedValues");
        }
    }

    private void object(Fields fields, Control control, ObjectType wanted) {
        if (objectType.filter(given -> given != wanted).isPresent()) {
            fields.place().problem(control + " needs the objectType " + wanted);
        }
    }

    private static Optional<Integer> decimals(Fields fields, Control control) {
        return only(fields, control, "decimals")
                .flatMap(place -> Numbers.whole(place).filter(value -> {
                    if (value < 0 || value > 100) {
                        place.problem("must be between 0 and 100");
                    }
                    return value >= 0 && value <= 100;
                }))
                .map(Long::intValue);
    }

    private Optional<BigDecimal> step(Fields fields, Control control) {
        return only(fields, control, "singleStepDelta")
                .flatMap(place -> (type == ParameterType.INT
                                ? Numbers.whole(place).map(BigDecimal::valueOf)
                                : Numbers.decimal(place).map(BigDecimal::new))
                        .filter(value -> {
                            if (value.signum() <= 0) {
                                place.problem("must be more than 0");
                            }
                            return value.signum() > 0;
                        }));
    }

    private static Optional<Place> only(Fields fields, Control control, String key) {
        var place = fields.get(key);
        if (control != Control.SPIN_BOX) {
            place.ifPresent(there -> there.problem("'" + key + "' goes with SPIN_BOX only, not with " + control));
        }
        return place;
    }

    private static List<FileFilter> filters(Fields fields, Control control) {
        chooser(fields, control, "fileFilters");
        return fields.items("fileFilters", MOST_FILTERS).stream()
                .flatMap(place -> place.fields().stream())
                .flatMap(filter -> filter(filter).stream())
                .toList();
    }

    private static Optional<FileFilter> defaultFilter(Fields fields, Control control) {
        chooser(fields, control, "fileFilterDefault");
        return fields.get("fileFilterDefault").flatMap(Place::fields).flatMap(UserInterfaceReader::filter);
    }

    private static void chooser(Fields fields, Control control, String key) {
        if (fields.get(key).isPresent()
                && control != Control.CHOOSE_INPUT_FILE
                && control != Control.CHOOSE_OUTPUT_FILE) {
            fields.problem(key, "'" + key + "' goes with a file control only, not with " + control);
        }
    }

    private static Optional<FileFilter> filter(Fields fields) {
        var label = fields.required("label").flatMap(place -> Words.line(place, LABEL));
        fields.required("patterns");
        var patterns = fields.items("patterns", MOST_FILTERS).stream()
                .flatMap(place -> pattern(place).stream())
                .toList();
        fields.refuseOthers();
        return label.map(text -> new FileFilter(text, patterns));
    }

    private static Optional<String> pattern(Place place) {
        return Words.sized(place, 1, LONGEST_PATTERN).filter(text -> {
            var right = PATTERN.matcher(text).matches();
            if (!right) {
                place.problem("'" + text + "' is none of the patterns *, *.* and *.extension");
            }
            return right;
        });
    }
}
