package aque.broker;

/// Statements that others see the effect of while it goes to the disk. Who has said them goes on when it is there: the
/// log is one, so a commit that waits for the disk waits for all that was committed before, whoever did it.
final class Durably {
    /// A part of a query's answer: its commit is not waited for.
    static final String LATER = "set_config('synchronous_commit', 'off', true)";

    /// A commit that is waited for and writes next to nothing.
    private static final String NOW = "SELECT pg_logical_emit_message(true, 'aque', '')";

    private Durably() {}

    /// One round: this query in a transaction of its own, then that one in the next, then all of it on the disk.
    static String after(String query, String then) {
        return "BEGIN; " + query + ", " + LATER + "; COMMIT; " + after(then);
    }

    /// One round: this query, if any, in a transaction of its own, then all that was committed on the disk.
    static String after(String query) {
        return query.isEmpty() ? NOW : "BEGIN; " + query + "; COMMIT; " + NOW;
    }
}
