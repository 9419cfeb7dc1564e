package aque.openjd;

import aque.openjd.TaskParameters.Value;
import java.util.List;
import java.util.Map;

/// One direction of a parameter space, or several that were combined.
sealed interface Axis {

    /// @throws IllegalArgumentException with a sentence, when the size cannot be told
    long size();

    /// Puts the values at an index.
    void put(long index, Map<String, Value> values);

    record Listed(String name, TaskParameterType type, List<String> items) implements Axis {
        @Override
        public long size() {
            return items.size();
        }

        @Override
        public void put(long index, Map<String, Value> values) {
            values.put(name, new Value(type, items.get((int) index)));
        }
    }

    record Ranged(String name, Runs runs) implements Axis {
        @Override
        public long size() {
            return runs.size();
        }

        @Override
        public void put(long index, Map<String, Value> values) {
            values.put(name, new Value(TaskParameterType.INT, Long.toString(runs.get(index))));
        }
    }

    record Chunked(String name, Chunking chunking) implements Axis {
        @Override
        public long size() {
            return chunking.size();
        }

        @Override
        public void put(long index, Map<String, Value> values) {
            values.put(name, new Value(TaskParameterType.CHUNK_INT, chunking.get(index)));
        }
    }

    record Product(List<Axis> factors) implements Axis {
        @Override
        public long size() {
            try {
                return factors.stream().mapToLong(Axis::size).reduce(1, Math::multiplyExact);
            } catch (ArithmeticException e) {
                throw new IllegalArgumentException("the parameters make more tasks than can be counted", e);
            }
        }

        @Override
        public void put(long index, Map<String, Value> values) {
            var rest = index;
            for (var factor : factors.reversed()) {
                factor.put(rest % factor.size(), values);
                rest /= factor.size();
            }
        }
    }

    record Lockstep(List<Axis> rows) implements Axis {
        @Override
        public long size() {
            var sizes = rows.stream().map(Axis::size).toList();
            if (sizes.stream().distinct().count() > 1) {
                throw new IllegalArgumentException(
                        "parameters in lockstep '(…, …)' must have equally many values, here they have " + sizes);
            }
            return sizes.getFirst();
        }

        @Override
        public void put(long index, Map<String, Value> values) {
            rows.forEach(row -> row.put(index, values));
        }
    }
}
