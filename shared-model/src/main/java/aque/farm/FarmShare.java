package aque.farm;

import java.util.OptionalInt;

/// How much of the farm a group or an owner has.
///
/// @param weight of equal priorities who has least for his weight goes first
/// @param mostCpuMilli thousandths of a core that it may have at once
/// @param topPriority the highest that is granted to it
/// @param usedCpuMilli what it has now
public record FarmShare(
        String name, int weight, OptionalInt mostCpuMilli, OptionalInt topPriority, long usedCpuMilli) {}
