package aque.openjd;

import java.nio.file.Path;

/// One thing that is wrong with a file or a value given for it.
///
/// @param line from 1; 0 where no line of the file is to blame
/// @param path the place inside the file, such as `steps[0].script`; empty for the whole file
public record Problem(Path file, int line, String path, String message) {

    /// `FILE:LINE: what is wrong`, the form of compilers, which editors can follow.
    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line : "") + ": " + (path.isEmpty() ? "" : path + ": ") + message;
    }
}
