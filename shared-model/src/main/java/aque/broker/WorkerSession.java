package aque.broker;

import java.util.UUID;

/// One life of one worker: the number that the broker gave it and the incarnation that proves it.
public record WorkerSession(int id, String name, UUID incarnation) {}
