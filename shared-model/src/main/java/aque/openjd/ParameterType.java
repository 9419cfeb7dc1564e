package aque.openjd;

/// The type of a job parameter.
public enum ParameterType {
    STRING,
    PATH,
    INT,
    FLOAT;

    /// Whether `min` and `max` bound the number; else they bound the length.
    public boolean isNumber() {
        return this == INT || this == FLOAT;
    }
}
