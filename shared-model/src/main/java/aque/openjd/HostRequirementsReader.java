package aque.openjd;

import aque.openjd.HostRequirementsTemplate.Amount;
import aque.openjd.HostRequirementsTemplate.Attribute;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Reads `hostRequirements`.
final class HostRequirementsReader {

    private static final int MOST = 50;

    private final Dialect dialect;
    private final Scope atSubmit;

    HostRequirementsReader(Dialect dialect, Scope atSubmit) {
        this.dialect = dialect;
        this.atSubmit = atSubmit;
    }

    HostRequirementsTemplate read(Place place) {
        return place.fields().map(this::read).orElse(HostRequirementsTemplate.NONE);
    }

    private HostRequirementsTemplate read(Fields fields) {
        var amounts = fields.items("amounts", MOST);
        var attributes = fields.items("attributes", MOST);
        if (fields.get("amounts").isEmpty() && fields.get("attributes").isEmpty()) {
            fields.place().problem("'amounts' or 'attributes' is missing");
        }
        if (amounts.size() + attributes.size() > MOST) {
            fields.place().problem("at most " + MOST + " amounts and attributes together are allowed");
        }
        var result = new HostRequirementsTemplate(
                unique(amounts).stream()
                        .flatMap(place -> amount(place).stream())
                        .toList(),
                unique(attributes).stream()
                        .flatMap(place -> attribute(place).stream())
                        .toList());
        fields.refuseOthers();
        return result;
    }

    private static List<Place> unique(List<Place> places) {
        var names = new HashSet<String>();
        for (var place : places) {
            if (place.node() instanceof Node.Mapping mapping
                    && mapping.values().get("name") instanceof Node.Scalar name
                    && !names.add(name.text().toLowerCase(Locale.ROOT))) {
                place.problem("'" + name.text() + "' is required twice");
            }
        }
        return places;
    }

    private Optional<FormatString> name(Fields fields, Capability kind) {
        return fields.required("name")
                .flatMap(place -> Words.sized(place, 1, Capability.LONGEST)
                        .flatMap(text -> atSubmit.check(place, text))
                        .map(name -> {
                            if (name.isPlain()) {
                                kind.refusal(name.text()).ifPresent(place::problem);
                            }
                            return name;
                        }));
    }

    private Optional<Amount> amount(Place place) {
        return place.fields().flatMap(fields -> {
            var name = name(fields, Capability.AMOUNT);
            var min = fields.get("min").flatMap(this::quantity);
            var max = fields.get("max").flatMap(this::quantity);
            bounds(fields, min, max);
            fields.refuseOthers();
            return name.map(n -> new Amount(n, min, max));
        });
    }

    private static void bounds(Fields fields, Optional<FormatString> min, Optional<FormatString> max) {
        if (fields.get("min").isEmpty() && fields.get("max").isEmpty()) {
            fields.place().problem("'min' or 'max' is missing");
        }
        var least = min.filter(FormatString::isPlain).map(text -> new BigDecimal(text.text()));
        var most = max.filter(FormatString::isPlain).map(text -> new BigDecimal(text.text()));
        if (least.filter(value -> value.signum() < 0).isPresent()) {
            fields.problem("min", "must not be negative");
        }
        if (most.filter(value -> value.signum() <= 0).isPresent()) {
            fields.problem("max", "must be more than 0");
        }
        if (least.isPresent() && most.filter(m -> m.compareTo(least.get()) < 0).isPresent()) {
            fields.place().problem("min " + least.get() + " is more than max " + most.get());
        }
    }

    private Optional<FormatString> quantity(Place place) {
        if (place.isText() && place.text().orElse("").contains("{{")) {
            if (!dialect.has(Extension.FEATURE_BUNDLE_1)) {
                place.problem("a '{{…}}' here needs the extension FEATURE_BUNDLE_1");
            }
            return atSubmit.format(place);
        }
        return Numbers.decimal(place).map(FormatString::of);
    }

    private Optional<Attribute> attribute(Place place) {
        return place.fields().flatMap(fields -> {
            var name = name(fields, Capability.ATTRIBUTE);
            var plain =
                    name.filter(FormatString::isPlain).map(FormatString::text).orElse("");
            var anyOf = values(fields, "anyOf", plain);
            var allOf = values(fields, "allOf", plain);
            if (fields.get("anyOf").isEmpty() && fields.get("allOf").isEmpty()) {
                place.problem("'anyOf' or 'allOf' is missing");
            }
            if (Capability.hasOneValue(plain) && allOf.size() > 1) {
                fields.problem("allOf", "a worker has only one " + plain);
            }
            fields.refuseOthers();
            return name.map(n -> new Attribute(n, anyOf, allOf));
        });
    }

    private List<FormatString> values(Fields fields, String key, String name) {
        return fields.items(key, MOST).stream()
                .flatMap(place -> value(place, name).stream())
                .toList();
    }

    private Optional<FormatString> value(Place place, String name) {
        return Words.sized(place, 1, Integer.MAX_VALUE)
                .flatMap(text -> atSubmit.check(place, text))
                .map(value -> {
                    if (value.isPlain()) {
                        Capability.valueRefusal(name, value.text()).ifPresent(place::problem);
                    }
                    return value;
                });
    }
}
