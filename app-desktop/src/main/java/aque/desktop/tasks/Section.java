package aque.desktop.tasks;

import aque.desktop.feed.Row;
import java.util.List;

/// Jobs in the order in which they are shown, below one heading.
///
/// @param title "" where jobs are not grouped
record Section(String title, List<Row> jobs) {}
