package aque.process;

/// A program could not be started. `reason` is one word for the task's record, the message one sentence for
/// people.
public final class LaunchException extends Exception {
    private final String reason;

    public LaunchException(String reason, String sentence) {
        super(sentence);
        this.reason = reason;
    }

    /// Where the task works is not there, as when a volume is not mounted: another machine may have it.
    static LaunchException noFolder(String folder) {
        return new LaunchException("no_folder", "there is no folder " + folder + " here");
    }

    /// `no_program`, `not_executable`, `no_folder`, `no_cwd`, `too_long`, `nul_byte`, `bad_environment`,
    /// `no_processes`, `no_memory`, `no_files`, `keeper_lost`, `start_failed`.
    public String reason() {
        return reason;
    }
}
