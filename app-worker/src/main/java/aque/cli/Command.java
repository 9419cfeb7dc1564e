package aque.cli;

import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.commons.cli.Option;

/// One command of `aque`: a name, how it is called, what it does, and the doing.
record Command(String name, String form, String summary, Body body) {
    private static final List<String> SUBMITTING = List.of("submit", "run", "xargs");
    private static final Pattern OPTION = Pattern.compile("(?<=[\\[|])--?[A-Za-z0-9][-a-z]*");

    /// The doing; answers the exit code.
    @FunctionalInterface
    interface Body {
        int run(Shell shell, List<String> arguments) throws Exception;
    }

    /// What can be chosen in it, as typed: `--watch`, `-s`.
    List<String> options() {
        var out = new TreeSet<>(
                OPTION.matcher(form).results().map(MatchResult::group).toList());
        described().forEach(o -> out.add("--" + o.getLongOpt()));
        return List.copyOf(out);
    }

    /// Those of its options that are told in full.
    List<Option> described() {
        return SUBMITTING.contains(name) ? List.copyOf(SubmitOptions.options().getOptions()) : List.of();
    }

    /// Does it take ids?
    boolean takesIds() {
        return form.contains("ID") || form.contains("JOB");
    }
}
