package aque.broker;

import aque.task.TaskId;

/// How far a running attempt is: percent (-1 unknown) and its last status line ("" none).
public record Progress(TaskId task, int attempt, double percent, String status) {}
