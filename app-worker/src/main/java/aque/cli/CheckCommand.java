package aque.cli;

import aque.openjd.Bundle;
import aque.openjd.Job;
import aque.openjd.Jobs;
import aque.openjd.ParameterDefinition;
import aque.openjd.Step;
import aque.openjd.TemplateException;
import aque.submit.Offers;
import aque.submit.SubmitException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;

/// `aque check PATH…`: validates templates and tells what they would become, submits nothing. No task is built for it:
/// a billion are told of as fast as one.
final class CheckCommand {
    private CheckCommand() {}

    static int run(Shell shell, List<String> typed) {
        var words = Arguments.anywhere(typed, Arguments.options()).words();
        if (words.isEmpty()) {
            throw new UsageException("check what? give a template or a bundle folder");
        }
        var code = Exit.DONE;
        for (var word : words) {
            try {
                Offers.check(Path.of(word)).ifPresent(bundle -> describe(shell, bundle));
            } catch (TemplateException | SubmitException e) {
                shell.err().println(e.getMessage());
                code = Exit.WRONG;
            }
        }
        return code;
    }

    /// Of values that are not known yet nothing can be told, and ones that do not do are no fault of the template.
    private static void describe(Shell shell, Bundle bundle) {
        var template = bundle.template();
        var name = Text.clean(template.name().toString());
        var steps = count(template.steps().size(), "step");
        var open = Jobs.parameters(template, List.of()).stream()
                .filter(p -> p.defaultValue().isEmpty() && !bundle.values().containsKey(p.name()))
                .map(ParameterDefinition::name)
                .toList();
        if (!open.isEmpty()) {
            shell.out().println(name + ": " + steps + ", once it has " + String.join(", ", open));
            return;
        }
        try {
            describe(shell, Jobs.create(template, List.of(), bundle.values(), Path.of("")));
        } catch (TemplateException e) {
            shell.out().println(name + ": " + steps + ", with other values than those in it");
        }
    }

    private static void describe(Shell shell, Job job) {
        var tasks = job.steps().stream()
                .map(step -> BigInteger.valueOf(step.parameterSpace().size()))
                .reduce(BigInteger.ZERO, BigInteger::add);
        shell.out()
                .println(Text.clean(job.name()) + ": " + count(job.steps().size(), "step") + ", " + tasks
                        + (tasks.equals(BigInteger.ONE) ? " task" : " tasks"));
        job.steps().forEach(step -> shell.out().println("  " + Text.clean(line(step))));
    }

    private static String line(Step step) {
        var names = step.parameterSpace().names();
        return step.name() + ": " + count(step.parameterSpace().size(), "task")
                + (names.isEmpty() ? "" : " of " + String.join(", ", names))
                + (step.dependencies().isEmpty() ? "" : ", after " + String.join(", ", step.dependencies()));
    }

    private static String count(long n, String what) {
        return n + " " + what + (n == 1 ? "" : "s");
    }
}
