package aque.openjd;

import java.util.Optional;

/// A text file that the template carries along.
///
/// @param filename empty means a name of the session's choice
public record EmbeddedFile(
        String name, Optional<String> filename, boolean runnable, FormatString data, EndOfLine endOfLine) {

    /// How lines end in the written file.
    public enum EndOfLine {
        /// As the operating system has it.
        AUTO,
        LF,
        CRLF
    }
}
