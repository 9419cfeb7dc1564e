package aque.openjd;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Real templates and cases that nobody here wrote; they lie outside of the project and may be absent.
final class Corpus {

    private static final JsonMapper JSON = JsonMapper.shared();

    private Corpus() {}

    /// The folder; the test is skipped where it is absent.
    static Path folder() {
        var property = System.getProperty("aque.corpus", "");
        var folder = Path.of(property);
        Assumptions.assumeTrue(
                !property.isEmpty() && Files.isDirectory(folder), "the OpenJD corpus is not at '" + property + "'");
        return folder;
    }

    /// The lines of a JSON-lines file.
    static List<JsonNode> lines(String name) {
        try (var lines = Files.lines(folder().resolve(name))) {
            return lines.map(JSON::readTree).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String text(JsonNode node, String key) {
        return node.path(key).asString("");
    }
}
