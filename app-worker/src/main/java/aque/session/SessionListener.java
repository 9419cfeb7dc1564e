package aque.session;

/// Hears what actions say about themselves, on the thread that reads their output; must be quick.
public interface SessionListener {

    /// @param percent from 0 to 100
    void progress(double percent);

    void status(String text);

    /// Why the action will fail, in its own words.
    void fail(String text);
}
