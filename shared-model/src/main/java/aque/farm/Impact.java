package aque.farm;

import java.util.List;

/// Whom an action on some tasks would meet, counted in the tables; groups stand for their members.
///
/// @param running on a worker now
/// @param waiting not started and not ended
/// @param ended of these
/// @param owners whose jobs they are in, in order
/// @param needing other tasks that have not ended and come after them
/// @param again other tasks that have ended and depend on them
public record Impact(int running, int waiting, int ended, List<String> owners, int needing, int again) {}
