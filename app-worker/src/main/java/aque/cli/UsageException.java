package aque.cli;

/// The call is wrong: exit code 2, and one line that says what.
final class UsageException extends RuntimeException {
    UsageException(String message) {
        super(message);
    }
}
