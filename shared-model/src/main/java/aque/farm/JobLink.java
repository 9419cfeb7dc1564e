package aque.farm;

import aque.task.TaskId;

/// Something of one job waits for something of another.
public record JobLink(TaskId upstream, TaskId downstream) {}
