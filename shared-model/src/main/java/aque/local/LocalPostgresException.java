package aque.local;

import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/// The local server could not be made, started, joined or ended. The message is one plain sentence for the user.
public final class LocalPostgresException extends RuntimeException {
    public LocalPostgresException(String message) {
        super(message);
    }

    /// @param what what could not be done; why is added from the cause
    public LocalPostgresException(String what, Exception cause) {
        super(what + ": " + why(cause), cause);
    }

    /// Java names only the file when a right is missing or a file is not there.
    private static String why(Exception cause) {
        return switch (cause) {
            case AccessDeniedException e -> "no right to use " + e.getFile();
            case NoSuchFileException e -> "there is no " + e.getFile();
            default -> String.valueOf(cause.getMessage());
        };
    }
}
