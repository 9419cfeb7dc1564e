package aque.task;

/// What kind of work stands behind a task.
public enum TaskKind {
    /// One process, given by its argument list.
    COMMAND,
    /// One task of an OpenJD step, run inside a session with its environments.
    OPENJD,
    /// Runs nothing; ends when its members have ended (A18). A job of several tasks is one, and so is each of its
    /// steps.
    GROUP
}
