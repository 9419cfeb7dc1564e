package aque.farm;

import java.time.Instant;

/// A line that somebody left for all on a task, a job or a worker.
public record NoteView(Instant at, String actor, String text) {}
