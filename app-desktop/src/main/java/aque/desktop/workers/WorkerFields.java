package aque.desktop.workers;

import aque.desktop.action.Amounts;
import aque.desktop.action.Question;
import aque.desktop.theme.Texts;
import aque.farm.WorkerView;
import aque.schedule.Fit;
import aque.schedule.Hours;
import aque.schedule.Needs;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// What the farm says of many workers, as fields to fill in: each holds what all of them have, or nothing when they
/// differ; what is not touched stays. Pure.
final class WorkerFields {
    private static final String POOLS = "pools";
    private static final String TAGS = "tags";
    private static final String CPUS = "cpus";
    private static final String HOURS = "hours";
    private static final String IDLE_AFTER = "idleAfter";

    private WorkerFields() {}

    static List<Question.Field> of(List<WorkerView> workers) {
        return now(workers).entrySet().stream()
                .<Question.Field>map(e ->
                        new Question.Field.Line(e.getKey(), Texts.of("workers.set." + e.getKey()), e.getValue(), false))
                .toList();
    }

    private static Map<String, String> now(List<WorkerView> workers) {
        var out = new LinkedHashMap<String, String>();
        out.put(POOLS, same(workers, w -> words(w, Needs.POOL)));
        out.put(TAGS, same(workers, w -> words(w, Needs.TAG)));
        out.put(CPUS, same(workers, w -> Fit.cpus(w.cpuMilli())));
        out.put(HOURS, same(workers, w -> words(w, Needs.HOURS)));
        out.put(IDLE_AFTER, same(workers, w -> minutes(words(w, Needs.IDLE_AFTER))));
        return out;
    }

    private static String same(List<WorkerView> workers, Function<WorkerView, String> value) {
        var all = workers.stream().map(value).distinct().toList();
        return all.size() == 1 ? all.getFirst() : "";
    }

    private static String words(WorkerView worker, String name) {
        return worker.capabilities().attributes().getOrDefault(name, Set.of()).stream()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static String minutes(String seconds) {
        return seconds.isEmpty() ? "" : Long.toString(Math.ceilDiv(Long.parseLong(seconds), 60L));
    }

    private static long seconds(String minutes) {
        try {
            return Math.multiplyExact(Integer.parseInt(minutes), 60L);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(Texts.of("workers.set.idleAfter.wrong", minutes), e);
        }
    }

    /// What the answers change, as JSON; a field that was emptied takes back what was said. Empty: nothing.
    ///
    /// @throws IllegalArgumentException with a sentence, when one cannot be read
    static Optional<String> changes(List<WorkerView> workers, Map<String, String> values) {
        var said = new LinkedHashMap<String, @Nullable Object>();
        now(workers).forEach((key, before) -> {
            var text = values.getOrDefault(key, before).strip();
            if (!text.equals(before)) {
                said.put(key, text.isEmpty() ? null : read(key, text));
            }
        });
        return said.isEmpty()
                ? Optional.empty()
                : Optional.of(JsonMapper.shared().writeValueAsString(said));
    }

    private static Object read(String key, String text) {
        return switch (key) {
            case CPUS -> Amounts.coresAtMost(text).orElseThrow();
            case HOURS -> Hours.parse(text).toString();
            case IDLE_AFTER -> seconds(text);
            default ->
                Arrays.stream(text.toLowerCase(Locale.ROOT).split("[,\\s]+"))
                        .filter(w -> !w.isEmpty())
                        .toList();
        };
    }
}
