package aque.farm;

import java.util.OptionalLong;

/// How much of what tasks write is kept, bytes.
///
/// @param farm of all jobs together; empty without bound
/// @param job of each
public record LogBudget(OptionalLong farm, long job) {}
