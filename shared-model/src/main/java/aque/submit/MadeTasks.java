package aque.submit;

import java.util.AbstractList;
import java.util.RandomAccess;
import java.util.function.IntFunction;

/// Tasks that are made each time they are asked for: a million of them cost nothing to have. Immutable, as long as what
/// makes them always makes the same.
final class MadeTasks extends AbstractList<NewTask> implements RandomAccess {
    private final int size;
    private final IntFunction<NewTask> make;

    MadeTasks(int size, IntFunction<NewTask> make) {
        this.size = size;
        this.make = make;
    }

    @Override
    public NewTask get(int index) {
        return make.apply(java.util.Objects.checkIndex(index, size));
    }

    @Override
    public int size() {
        return size;
    }
}
