package aque.task;

/// `downstream` starts only after `upstream` ended in success. Either may be a group, which stands for all its
/// members.
public record Edge(TaskId upstream, TaskId downstream) {}
