package aque.submit;

import java.util.List;

/// The input is wrong; nothing was submitted. Each problem is one line for the user, with file and line where there
/// is
/// one.
public final class SubmitException extends RuntimeException {
    private final List<String> problems;

    public SubmitException(String problem) {
        this(List.of(problem));
    }

    public SubmitException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
