package aque.cli;

import aque.openjd.TemplateException;
import aque.submit.Offers;
import aque.submit.SubmitException;
import java.nio.file.Path;
import java.util.List;

/// `aque check PATH…`: validates templates, submits nothing.
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
                Offers.check(Path.of(word));
            } catch (TemplateException | SubmitException e) {
                shell.err().println(e.getMessage());
                code = Exit.WRONG;
            }
        }
        return code;
    }
}
