package aque.local;

/// The local server could not be made, started, joined or ended. The message is one plain sentence for the user.
public final class LocalPostgresException extends RuntimeException {
    public LocalPostgresException(String message) {
        super(message);
    }

    public LocalPostgresException(String message, Throwable cause) {
        super(message, cause);
    }
}
