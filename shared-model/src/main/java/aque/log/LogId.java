package aque.log;

import aque.task.TaskId;

/// One log: what one attempt of one task wrote.
public record LogId(TaskId task, int attempt) {}
