package aque.desktop.limits;

import aque.desktop.action.Amounts;
import aque.desktop.action.Question.Field;
import aque.desktop.theme.Figures;
import aque.desktop.theme.Texts;
import aque.farm.FarmLimit;
import aque.farm.FarmShare;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/// A limit and a share as fields to fill in, and what the answers say. One that is there keeps its name. Pure.
final class LimitFields {
    private static final String NAME = "name";
    private static final String MOST = "most";
    private static final String PER = "per";
    private static final String WEIGHT = "weight";
    private static final String CPUS = "cpus";
    private static final String TOP = "top";

    private LimitFields() {}

    static List<Field> ofLimit(Optional<FarmLimit> now) {
        var tasks = Texts.of("limits.per.task");
        var hosts = Texts.of("limits.per.host");
        return named(
                now.isPresent(),
                line(MOST, now.map(limit -> "" + limit.most()).orElse(""), true),
                new Field.Choice(
                        PER,
                        Texts.of("limits.field.per"),
                        List.of(tasks, hosts),
                        now.filter(FarmLimit::perHost).isPresent() ? hosts : tasks));
    }

    static List<Field> ofShare(Optional<FarmShare> now) {
        return named(
                now.isPresent(),
                line(WEIGHT, "" + now.map(FarmShare::weight).orElse(1), true),
                line(CPUS, now.map(share -> cores(share.mostCpuMilli())).orElse(""), false),
                line(TOP, now.map(share -> number(share.topPriority())).orElse(""), false));
    }

    private static List<Field> named(boolean already, Field... others) {
        return Stream.concat(already ? Stream.empty() : Stream.of(line(NAME, "", true)), Stream.of(others))
                .toList();
    }

    private static Field line(String key, String value, boolean required) {
        return new Field.Line(key, Texts.of("limits.field." + key), value, required);
    }

    private static String cores(OptionalInt milli) {
        return milli.isPresent() ? Figures.cores(milli.getAsInt()) : "";
    }

    private static String number(OptionalInt number) {
        return number.isPresent() ? "" + number.getAsInt() : "";
    }

    /// @param name of the one that is changed
    /// @throws IllegalArgumentException with a sentence, when an answer cannot be read
    static FarmLimit limit(Optional<String> name, Map<String, String> values) {
        return new FarmLimit(
                name.orElseGet(() -> text(values, NAME)),
                Amounts.count(text(values, MOST)),
                text(values, PER).equals(Texts.of("limits.per.host")),
                0);
    }

    /// @param name of the one that is changed
    /// @throws IllegalArgumentException with a sentence, when an answer cannot be read
    static FarmShare share(Optional<String> name, Map<String, String> values) {
        int weight = Amounts.count(text(values, WEIGHT));
        if (weight < 1) {
            throw new IllegalArgumentException(Texts.of("limits.wrong.weight"));
        }
        var top = text(values, TOP);
        return new FarmShare(
                name.orElseGet(() -> text(values, NAME)),
                weight,
                Amounts.coresAtMost(text(values, CPUS)),
                top.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Amounts.count(top)),
                0);
    }

    private static String text(Map<String, String> values, String key) {
        return values.getOrDefault(key, "").strip();
    }
}
