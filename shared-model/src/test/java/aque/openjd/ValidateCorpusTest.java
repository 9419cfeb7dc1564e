package aque.openjd;

import static org.assertj.core.api.Assertions.assertThat;

import aque.testing.CorpusTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ValidateCorpusTest {

    private static final Set<String> LACKING = Set.of("EXPR", "WRAP_ACTIONS");

    @Test
    void everyBaseTemplateGetsTheVerdictOfTheSpecification() {
        var cases = cases("validate/base/");
        assertThat(wrong(cases)).isEmpty();
        CorpusTable.says("`validate/base`", cases.size(), cases.size());
    }

    @Test
    void everyExtensionTemplateGetsTheVerdictOfTheReference() {
        var cases = cases("validate/ext/").stream()
                .filter(line -> extensions(line).stream().noneMatch(LACKING::contains))
                .toList();
        assertThat(wrong(cases)).isEmpty();
        CorpusTable.says("`validate/ext`, of the extensions that Aque has", cases.size(), cases.size());
    }

    @Test
    void extensionsThatAqueLacksAreRefusedByName() {
        var refused = 0;
        for (var line : cases("validate/ext/")) {
            refused += extensions(line).stream().anyMatch(LACKING::contains) ? 1 : 0;
            extensions(line).stream().filter(LACKING::contains).findFirst().ifPresent(name -> {
                assertThat(problems(line))
                        .anyMatch(problem -> problem.toString().contains(name));
            });
        }
        CorpusTable.says("`validate/ext`, of others: refused by name", refused, refused);
    }

    private static List<JsonNode> cases(String folder) {
        return Corpus.lines("validate/MANIFEST.jsonl").stream()
                .filter(line -> Corpus.text(line, "file").startsWith(folder))
                .toList();
    }

    private static List<String> extensions(JsonNode line) {
        var names = new ArrayList<String>();
        line.path("extensions").forEach(name -> names.add(name.asString()));
        return names;
    }

    private static List<String> wrong(List<JsonNode> cases) {
        assertThat(cases).isNotEmpty();
        return cases.stream()
                .filter(line -> problems(line).isEmpty()
                        != Corpus.text(line, "expected").equals("valid"))
                .map(line -> line.path("file").asString() + " " + line.path("messages") + " " + problems(line))
                .toList();
    }

    private static List<Problem> problems(JsonNode line) {
        Path file = Corpus.folder().resolve(Corpus.text(line, "file"));
        try {
            var template = TemplateReader.read(file);
            var isJob = file.toString().contains("job_templates");
            assertThat(template).isInstanceOf(isJob ? JobTemplate.class : EnvironmentTemplate.class);
            return List.of();
        } catch (TemplateException e) {
            return e.problems();
        }
    }
}
