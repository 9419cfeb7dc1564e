package aque.openjd;

import aque.openjd.EmbeddedFile.EndOfLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// `bash: {script: …}` and its like, of the extension FEATURE_BUNDLE_1: a script file and the interpreter that runs it.
final class Shorthand {

    private enum Interpreter {
        bash(".sh", List.of()),
        python(".py", List.of()),
        cmd(".bat", List.of("/C")),
        powershell(".ps1", List.of("-File")),
        node(".js", List.of());

        private final String ending;
        private final List<String> options;

        Interpreter(String ending, List<String> options) {
            this.ending = ending;
            this.options = options;
        }
    }

    private static final int LONGEST_FILE = 200;

    private final Dialect dialect;
    private final ActionReader actions;
    private final Scope scope;

    Shorthand(Dialect dialect, ActionReader actions, Scope scope) {
        this.dialect = dialect;
        this.actions = actions;
        this.scope = scope;
    }

    static boolean isIn(Fields step) {
        return !in(step).isEmpty();
    }

    private static List<Interpreter> in(Fields step) {
        return Stream.of(Interpreter.values())
                .filter(interpreter -> step.keys().contains(interpreter.name()))
                .toList();
    }

    Optional<Script> read(Fields step, String stepName) {
        var all = in(step);
        all.forEach(interpreter -> step.needs(Extension.FEATURE_BUNDLE_1, dialect, interpreter.name()));
        if (all.isEmpty() || !dialect.has(Extension.FEATURE_BUNDLE_1)) {
            return Optional.empty();
        }
        var interpreter = all.getFirst();
        if (all.size() > 1 || step.get("script").isPresent()) {
            step.problem(
                    interpreter.name(), "a step has either 'script' or one of bash, python, cmd, powershell, node");
        }
        all.forEach(other -> step.get(other.name()));
        return step.get(interpreter.name())
                .flatMap(Place::fields)
                .flatMap(fields -> script(fields, interpreter, fileName(stepName)));
    }

    private static String fileName(String step) {
        var name = step.codePoints()
                .limit(LONGEST_FILE)
                .map(c -> Character.isLetterOrDigit(c) && c < 128 ? c : '_')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append);
        return (Character.isDigit(name.charAt(0)) ? "_" : "") + name + "_script";
    }

    private Optional<Script> script(Fields fields, Interpreter interpreter, String file) {
        var inside = scope.with("Task.File.", List.of(file));
        var data = fields.required("script")
                .filter(place -> Words.sized(place, 1, Integer.MAX_VALUE).isPresent())
                .flatMap(inside::format);
        if (fields.keys().contains("let")) {
            fields.get("let");
            fields.problem("let", "needs the extension EXPR, which Aque lacks");
        }
        var args = new ArrayList<FormatString>();
        interpreter.options.forEach(option -> args.add(FormatString.of(option)));
        args.add(FormatString.of("{{Task.File." + file + "}}"));
        args.addAll(actions.args(fields, inside));
        var action = new ScriptAction(
                FormatString.of(interpreter.name()), args, actions.timeout(fields), actions.cancelation(fields));
        fields.refuseOthers();
        return data.map(text -> new Script(
                action,
                List.of(new EmbeddedFile(file, Optional.of(file + interpreter.ending), true, text, EndOfLine.AUTO))));
    }
}
