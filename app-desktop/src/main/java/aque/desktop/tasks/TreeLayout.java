package aque.desktop.tasks;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the tree's columns stand, as the settings keep it.
///
/// @param columns those that are shown, from left to right
/// @param sort what sorts, the first one first
/// @param group word of a `Grouping`
/// @param density word of a `Density`; older settings have none
public record TreeLayout(
        List<Shown> columns,
        List<Sort> sort,
        String group,
        @Nullable String density) {

    /// A column and its width in pixels.
    public record Shown(String key, double width) {}

    /// A column that sorts.
    public record Sort(String key, boolean descending) {}
}
