package aque.schedule;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// What the farm says of one worker; what it does not say is as the worker's own file has it, which also holds the most
/// that it ever gives. Kept as JSON, null for what is not said. Pure.
///
/// @param cpus thousandths of a core; `memory` in bytes
/// @param pools and `tags` in lower case
/// @param poolOnly takes nothing that names none of its pools
/// @param hours of the day in which it works, `19:00-08:00`
/// @param idleAfter works only while nobody has sat at its machine for so many seconds
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record WorkerSetting(
        Optional<Integer> cpus,
        Optional<Long> memory,
        Optional<Set<String>> pools,
        Optional<Set<String>> tags,
        Optional<Boolean> poolOnly,
        Optional<Hours> hours,
        Optional<Long> idleAfter) {
    public static final WorkerSetting NONE = new WorkerSetting(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    public WorkerSetting {
        cpus = told(cpus);
        memory = told(memory);
        pools = told(pools);
        tags = told(tags);
        poolOnly = told(poolOnly);
        hours = told(hours);
        idleAfter = told(idleAfter);
    }

    @SuppressWarnings("OptionalAssignedToNull") // JSON that does not name it
    private static <T> Optional<T> told(@Nullable Optional<T> value) {
        return value == null ? Optional.empty() : value;
    }

    public static WorkerSetting fromJson(String json) {
        return JsonMapper.shared().readValue(json, WorkerSetting.class);
    }

    public String toJson() {
        return JsonMapper.shared().writeValueAsString(this);
    }

    /// A worker's attributes with these over its own.
    public Map<String, Set<String>> over(Map<String, Set<String>> own) {
        var all = new HashMap<>(own);
        pools.ifPresent(p -> put(all, Needs.POOL, p));
        tags.ifPresent(t -> put(all, Needs.TAG, t));
        poolOnly.ifPresent(only -> put(all, Needs.POOL_ONLY, only ? Set.of("yes") : Set.of()));
        return all;
    }

    private static void put(Map<String, Set<String>> all, String name, Set<String> values) {
        if (values.isEmpty()) {
            all.remove(name);
        } else {
            all.put(name, values);
        }
    }
}
