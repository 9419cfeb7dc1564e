package aque.openjd;

import aque.openjd.TaskParameters.Value;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// All tasks of a step, described but not listed: a billion tasks cost nothing until they are asked for. Immutable.
public final class ParameterSpace {

    /// One task without parameters.
    public static final ParameterSpace ONE_TASK = new ParameterSpace(List.of(), new Axis.Product(List.of()));

    private final List<String> names;
    private final Axis axis;
    private final long size;

    /// @throws IllegalArgumentException with a sentence, when lockstep lengths differ or the tasks cannot be counted
    ParameterSpace(List<String> names, Axis axis) {
        this.names = List.copyOf(names);
        this.axis = axis;
        this.size = axis.size();
    }

    /// The names of the task parameters, in the order of definition.
    public List<String> names() {
        return names;
    }

    /// How many tasks there are, at least one.
    public long size() {
        return size;
    }

    /// The task at an index from 0; the last parameter of a product changes fastest.
    public TaskParameters get(long index) {
        Objects.checkIndex(index, size);
        Map<String, Value> values = new HashMap<>();
        axis.put(index, values);
        var ordered = new LinkedHashMap<String, Value>();
        names.forEach(name -> ordered.put(name, Objects.requireNonNull(values.get(name))));
        return new TaskParameters(ordered);
    }
}
