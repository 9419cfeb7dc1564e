package aque.farm;

/// What the whole farm may use at once, such as licences.
///
/// @param perHost a host counts once, whatever it runs of it
/// @param used by what runs now
public record FarmLimit(String name, int most, boolean perHost, int used) {}
