package aque.submit;

import java.util.AbstractList;
import java.util.RandomAccess;
import java.util.function.IntFunction;

/// Tasks that are made each time they are asked for: a million of them cost nothing to have. Immutable, as long as what
/// makes them always makes the same.
final class MadeTasks extends AbstractList<NewTask> implements RandomAccess {
    private final int size;
    private final int groups;
    private final IntFunction<NewTask> make;
    private final IntFunction<NewTask> shape;

    /// @param groups how many of them are groups
    /// @param shape makes the same without what costs most, see [Submission#shapes]
    MadeTasks(int size, int groups, IntFunction<NewTask> make, IntFunction<NewTask> shape) {
        this.size = size;
        this.groups = groups;
        this.make = make;
        this.shape = shape;
    }

    MadeTasks shapes() {
        return new MadeTasks(size, groups, shape, shape);
    }

    int groups() {
        return groups;
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
