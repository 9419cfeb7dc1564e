package aque.openjd;

/// Extensions of the specification that Aque runs. Any other one is refused by its name.
public enum Extension {
    /// `CHUNK[INT]` task parameters.
    TASK_CHUNKING,
    /// `openjd_redacted_env` lines.
    REDACTED_ENV_VARS,
    /// Longer names, interpreter shorthands, format strings in numbers, line ends of embedded files.
    FEATURE_BUNDLE_1
}
