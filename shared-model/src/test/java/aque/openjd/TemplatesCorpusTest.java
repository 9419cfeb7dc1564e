package aque.openjd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aque.testing.CorpusTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Templates of real projects, listed in `templates/INVENTORY.tsv`.
class TemplatesCorpusTest {

    private record Row(String kind, String rank, String extensions, Path file) {}

    private static List<Row> rows() throws IOException {
        var folder = Corpus.folder();
        try (var lines = Files.lines(folder.resolve("templates/INVENTORY.tsv"))) {
            return lines.skip(1)
                    .map(line -> line.split("\t", -1))
                    .map(cells -> new Row(cells[0], cells[1], cells[2], folder.resolve(cells[6])))
                    .toList();
        }
    }

    @Test
    void realTemplatesAreRead() throws IOException {
        var read = 0;
        for (var row : rows()) {
            if (row.extensions().contains("EXPR") || row.rank().equals("invalid-standalone")) {
                continue;
            }
            read++;
            assertThat(TemplateReader.read(row.file()))
                    .isInstanceOf(row.kind().equals("job") ? JobTemplate.class : EnvironmentTemplate.class);
        }
        CorpusTable.says("real templates without EXPR, read", read, read);
    }

    @Test
    void piecesOfTemplatesAreRefusedWithWhatTheyAre() throws IOException {
        var pieces = 0;
        for (var row : rows()) {
            if (row.rank().equals("invalid-standalone")) {
                pieces++;
                assertThatThrownBy(() -> TemplateReader.read(row.file()))
                        .isInstanceOf(TemplateException.class)
                        .hasMessageMatching("(?s).*:\\d+: this is only .*");
            }
        }
        CorpusTable.says("`invalid-standalone` pieces, refused with what they are", pieces, pieces);
    }

    @Test
    void jobsAreCreatedAndTheirDocumentsSurviveJson() throws IOException {
        for (var row : rows()) {
            if (row.kind().equals("job")
                    && !row.rank().equals("invalid-standalone")
                    && !row.extensions().contains("EXPR")) {
                var folder = row.file().resolveSibling("");
                var bundle = row.file().endsWith("template.yaml")
                        ? Bundle.read(folder)
                        : new Bundle(TemplateReader.readJob(row.file()), Map.of());
                var document = JobDocument.of(create(bundle));
                assertThat(JobDocument.fromJson(document.toJson()))
                        .as(row.file().toString())
                        .isEqualTo(document);
            }
        }
    }

    /// Values of the bundle where they fit, else something of the right type.
    private static Job create(Bundle bundle) {
        Map<String, String> values = new HashMap<>();
        for (var parameter : bundle.template().parameters()) {
            var given = bundle.values().get(parameter.name());
            if (given != null) {
                values.put(parameter.name(), given);
            } else if (parameter.defaultValue().isEmpty()) {
                values.put(parameter.name(), parameter.type() == ParameterType.PATH ? "path" : "1");
            }
        }
        var job = Jobs.create(bundle.template(), List.of(), values, Path.of("/work"));
        job.steps().forEach(step -> {
            var last = step.parameterSpace().get(step.parameterSpace().size() - 1);
            assertThat(TaskParameters.fromJson(last.toJson())).isEqualTo(last);
        });
        return job;
    }
}
