package aque.openjd;

import java.util.Optional;

/// Recognises the pieces of templates that submitters of applications merge, carry the version of a job template and
/// get
/// dropped by artists.
final class Fragment {

    private Fragment() {}

    /// What the file is, when it is only a piece.
    static Optional<String> of(Fields template) {
        var keys = template.keys();
        if (!keys.contains("steps") && keys.contains("environment")) {
            return Optional.of("this is only an environment that a submitter merges into a job template"
                    + " ('steps' is missing); submit the job's template.yaml instead");
        }
        if (!keys.contains("steps")) {
            return Optional.of(
                    "this is only a piece of a job template: 'steps' is missing, so there is nothing to run");
        }
        if (!keys.contains("name")) {
            return Optional.of("this is only the steps of a job template: 'name' is missing;"
                    + " a submitter merges this file into a template, submit that one instead");
        }
        return Optional.empty();
    }
}
