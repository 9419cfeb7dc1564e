package aque.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The table of results in `docs/openjd.md`, held to what the tests on the corpus find.
public final class CorpusTable {
    private CorpusTable() {}

    /// Fails when the table says something else of these cases.
    public static void says(String cases, long right, long of) {
        var table = Path.of("..", "docs", "openjd.md");
        try {
            assertThat(Files.readString(table))
                    .as("the table of results in docs/openjd.md")
                    .contains("| " + cases + " | " + right + " | " + of + " |");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
