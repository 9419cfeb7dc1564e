package aque.cli;

/// The exit codes of every command (`../shared/cli.md`).
final class Exit {
    static final int DONE = 0;
    /// It ran and did not succeed.
    static final int FAILED = 1;
    /// The call or its input is wrong; nothing was changed.
    static final int WRONG = 2;
    /// Not yours, or a duplicate key.
    static final int REFUSED = 3;
    static final int UNREACHABLE = 69;
    static final int TIMED_OUT = 124;

    private Exit() {}
}
