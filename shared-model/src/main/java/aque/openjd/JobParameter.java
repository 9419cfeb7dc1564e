package aque.openjd;

/// A job parameter with its final value. A PATH still has the path of the submitting machine.
public record JobParameter(String name, ParameterType type, String value) {}
