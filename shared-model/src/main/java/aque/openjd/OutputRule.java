package aque.openjd;

/// Files that each task of a step must leave, as a template's Aque section says.
///
/// @param files with names of parameters in it; `####`, `%04d` or `$F4` stands for each of the task's frames, `*` and
/// `?`
/// in the file's name for what the tool adds. A name that is empty means that nothing is known, so nothing is expected.
/// @param base relative paths start beside this file; empty: in the job's folder
/// @param count how many there must be of each at least, for names with `*`
/// @param least bytes; `most` 0 any
/// @param image whether each must be a whole picture
public record OutputRule(FormatString files, FormatString base, int count, long least, long most, boolean image) {}
