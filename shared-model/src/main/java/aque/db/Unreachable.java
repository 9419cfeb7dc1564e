package aque.db;

/// The broker cannot be reached: exit code 69. The message is one sentence for the user.
public final class Unreachable extends RuntimeException {
    public Unreachable(String message, Throwable cause) {
        super(message, cause);
    }
}
