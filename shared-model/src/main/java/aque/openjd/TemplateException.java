package aque.openjd;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/// A template, its parameter values or a file beside it is not as it must be: every problem, in the order of lines.
public final class TemplateException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public TemplateException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems =
                problems.stream().sorted(Comparator.comparingInt(Problem::line)).toList();
    }

    public TemplateException(Path file, String message) {
        this(List.of(new Problem(file, 0, "", message)));
    }

    /// At least one.
    public List<Problem> problems() {
        return problems;
    }
}
