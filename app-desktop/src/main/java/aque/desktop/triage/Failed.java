package aque.desktop.triage;

import aque.log.Fingerprint;
import aque.task.TaskView;

/// One failed task and what its log says of it.
record Failed(TaskView task, Fingerprint cause) {}
