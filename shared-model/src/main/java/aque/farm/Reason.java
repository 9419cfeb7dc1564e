package aque.farm;

import java.util.Optional;

/// One reason why a task does not run, and what would mend it where somebody can.
///
/// @param words for people, without the mending
public record Reason(String words, Optional<Mend> mend) {

    /// One that only time mends.
    public static Reason of(String words) {
        return new Reason(words, Optional.empty());
    }

    /// One that somebody can mend.
    public static Reason of(String words, Mend mend) {
        return new Reason(words, Optional.of(mend));
    }

    /// The same, of a part with this name.
    Reason in(String part) {
        return new Reason(part + ": " + words, mend);
    }

    /// With the command that mends it, where there is one.
    @Override
    public String toString() {
        return words
                + mend.flatMap(Mend::command).map(command -> ": " + command).orElse("");
    }
}
