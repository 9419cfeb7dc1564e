package aque.cli;

import aque.openjd.ParameterDefinition;
import aque.submit.Library;
import aque.submit.Routine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// `aque templates`: what the library holds, one a line, broken ones with what is wrong (P35). 1 when one is broken.
final class TemplatesCommand {
    private TemplatesCommand() {}

    static int run(Shell shell, List<String> typed) {
        var args = Arguments.anywhere(typed, Arguments.options(Arguments.flag("json", "one JSON object a line")));
        var routines = Library.ofUser().routines().stream()
                .filter(r -> args.words().isEmpty() || args.words().contains(r.name()))
                .toList();
        for (var routine : routines) {
            if (args.has("json")) {
                shell.out().println(JsonMapper.shared().writeValueAsString(object(routine)));
            } else {
                line(shell, routine);
            }
        }
        return routines.isEmpty()
                        || routines.stream().anyMatch(r -> !r.problems().isEmpty())
                ? Exit.FAILED
                : Exit.DONE;
    }

    private static void line(Shell shell, Routine routine) {
        var endings =
                String.join(" ", routine.extensions().stream().map(e -> "." + e).toList());
        shell.out().printf("%-18s %-34s %s%n", routine.name(), endings, Text.clean(routine.summary()));
        routine.problems().forEach(p -> shell.out().println("    broken: " + Text.clean(p)));
    }

    private static Map<String, Object> object(Routine routine) {
        var out = new LinkedHashMap<String, Object>();
        out.put("name", routine.name());
        out.put("summary", routine.summary());
        out.put("file", routine.file().toString());
        out.put("extensions", routine.extensions());
        out.put(
                "parameters",
                routine.parameters().stream().map(TemplatesCommand::object).toList());
        out.put("problems", routine.problems());
        return out;
    }

    private static Map<String, @Nullable Object> object(ParameterDefinition p) {
        var out = new LinkedHashMap<String, @Nullable Object>();
        out.put("name", p.name());
        out.put("type", p.type().toString());
        out.put("default", p.defaultValue().orElse(null));
        out.put("required", p.defaultValue().isEmpty());
        out.put("description", p.description().orElse(null));
        return out;
    }
}
