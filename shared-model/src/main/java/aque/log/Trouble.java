package aque.log;

import java.util.regex.Pattern;

/// How bad a line of a log sounds. Pure.
public enum Trouble {
    NONE,
    WARNING,
    ERROR;

    /// Finds lines that are likely errors; those that only count none of them are sorted out by [#of].
    public static final String ERRORS =
            "\\berrors?\\b|[a-z]error\\b|exception\\b|\\bfatal\\b|\\bcritical\\b|\\btraceback\\b"
                    + "|segmentation fault|\\bsegfault\\b|core dumped|\\bpanic\\b|no such file or directory|command not found"
                    + "|permission denied";

    private static final Pattern ERROR_WORD = Pattern.compile(ERRORS, Pattern.CASE_INSENSITIVE);
    private static final Pattern WARNING_WORD = Pattern.compile("\\bwarn(?:ing)?s?\\b", Pattern.CASE_INSENSITIVE);
    private static final Pattern HARMLESS = Pattern.compile(
            "\\b(?:0|no|zero|without|any|ignor(?:e|ed|ing)) (?:errors?|warnings?|exceptions?)\\b|\\berrors?\\s*[:=]\\s*0\\b"
                    + "|\\bwarnings?\\s*[:=]\\s*0\\b|error[-_ ](?:rate|bound|threshold|diffusion|handler|handling)|\\bterrors?\\b",
            Pattern.CASE_INSENSITIVE);

    /// @param line without escape sequences
    public static Trouble of(String line) {
        boolean error = ERROR_WORD.matcher(line).find();
        if (!error && !WARNING_WORD.matcher(line).find()) {
            return NONE;
        }
        if (HARMLESS.matcher(line).find()) {
            return NONE;
        }
        // "Warning: no such file …": what calls itself a warning is one.
        return error && !warned(line) ? ERROR : WARNING;
    }

    private static boolean warned(String line) {
        var warning = WARNING_WORD.matcher(line);
        var error = ERROR_WORD.matcher(line);
        return warning.find() && (!error.find() || warning.start() < error.start());
    }
}
