package aque.desktop.triage;

import aque.farm.JobOrigin;
import aque.log.Fingerprint;
import aque.task.TaskView;

/// One failed task, what its log says of it, and what its job is of.
record Failed(TaskView task, Fingerprint cause, JobOrigin origin) {}
