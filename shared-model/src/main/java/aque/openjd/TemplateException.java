package aque.openjd;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A template, its parameter values or a file beside it is not as it must be: every problem, in the order of lines.
public final class TemplateException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public TemplateException(List<Problem> problems) {
        super(inOrder(problems).map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = inOrder(problems).toList();
    }

    public TemplateException(Path file, String message) {
        this(List.of(new Problem(file, 0, "", message)));
    }

    private static Stream<Problem> inOrder(List<Problem> problems) {
        return problems.stream().sorted(Comparator.comparingInt(Problem::line));
    }

    /// At least one.
    public List<Problem> problems() {
        return problems;
    }
}
