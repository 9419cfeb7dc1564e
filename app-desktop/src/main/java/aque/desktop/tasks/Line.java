package aque.desktop.tasks;

import aque.desktop.feed.Row;

/// One line of the tree.
sealed interface Line {

    /// A row, and how many rows it stands below.
    record Item(Row row, int depth) implements Line {}

    /// What the jobs below it have in common.
    record Heading(String title, int jobs) implements Line {}
}
