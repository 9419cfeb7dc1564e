package aque.openjd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplateReaderTest {

    private static final String HEAD = """
            specificationVersion: jobtemplate-2023-09
            name: Job
            """;
    private static final String STEP = """
            steps:
            - name: One
              script:
                actions:
                  onRun: {command: echo}
            """;

    @TempDir
    Path folder;

    private List<String> problems(String text) throws IOException {
        return problems(text.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> problems(byte[] bytes) throws IOException {
        return problems(Files.write(folder.resolve("template.yaml"), bytes));
    }

    private List<String> problems(Path file) {
        var thrown = catchThrowableOfType(TemplateException.class, () -> TemplateReader.read(file));
        return Objects.requireNonNull(thrown, "the template was accepted").problems().stream()
                .map(problem -> problem.toString().substring(folder.toString().length() + 1))
                .toList();
    }

    @Test
    void aSmallTemplateIsRead() throws IOException {
        var file = Files.writeString(folder.resolve("template.yaml"), HEAD + STEP);
        assertThat(TemplateReader.readJob(file)
                        .steps()
                        .getFirst()
                        .script()
                        .onRun()
                        .command())
                .isEqualTo(FormatString.of("echo"));
    }

    @Test
    void jsonWithTabsIsRead() throws IOException {
        var file = Files.writeString(folder.resolve("template.json"), """
                {
                \t"specificationVersion": "jobtemplate-2023-09",
                \t"name":\t"Job",
                \t"steps": [
                \t\t{"name": "One", "script": {"actions": {"onRun": {"command": "a\\u0062\\/c"}}}}
                \t]
                }
                """);
        assertThat(TemplateReader.readJob(file)
                        .steps()
                        .getFirst()
                        .script()
                        .onRun()
                        .command()
                        .text())
                .isEqualTo("ab/c");
    }

    @Test
    void allProblemsAreToldWithTheirLines() throws IOException {
        assertThat(problems(HEAD + """
                nmae: x
                steps:
                - name: One
                  script:
                    actions:
                      onRun:
                        command: 5
                        args: ["{{Param.Nothing}}"]
                  colour: red
                """))
                .containsExactly(
                        "template.yaml:3: nmae: unknown key, did you mean 'name'?",
                        "template.yaml:9: steps[0].script.actions.onRun.command: here must be text, not the number 5",
                        "template.yaml:10: steps[0].script.actions.onRun.args[0]:"
                                + " '{{Param.Nothing}}' is not known here",
                        "template.yaml:11: steps[0].colour: unknown key");
    }

    @Test
    void brokenYamlIsToldWithItsLine() throws IOException {
        assertThat(problems(HEAD + "steps: [\n- a: b\n"))
                .singleElement()
                .asString()
                .startsWith("template.yaml:4: broken YAML");
    }

    @Test
    void circlesOfStepsAreNamed() throws IOException {
        assertThat(problems(HEAD + """
                steps:
                - {name: A, dependencies: [{dependsOn: B}], script: {actions: {onRun: {command: x}}}}
                - {name: B, dependencies: [{dependsOn: C}], script: {actions: {onRun: {command: x}}}}
                - {name: C, dependencies: [{dependsOn: A}, {dependsOn: Bb}], script: {actions: {onRun: {command: x}}}}
                """))
                .contains("template.yaml:4: steps[0]: the steps wait for each other in a circle: A -> B -> C -> A")
                .contains("template.yaml:6: steps[2].dependencies: there is no step 'Bb', did you mean 'B'?");
    }

    @Test
    void aBillionLaughsAreRefused() throws IOException {
        var bomb = new StringBuilder(HEAD).append("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            bomb.append("a%d: &a%d [".formatted(i, i))
                    .append("*a%d, ".formatted(i - 1).repeat(10))
                    .append("]\n");
        }
        assertThat(problems(bomb.toString())).anyMatch(p -> p.contains("stands for more than 1000000 values"));
    }

    @Test
    void anAliasOfItselfIsRefused() throws IOException {
        assertThat(problems(HEAD + "steps: &a [*a]\n")).anyMatch(p -> p.startsWith("template.yaml:3: *a"));
    }

    @Test
    void deepNestingIsRefused() throws IOException {
        assertThat(problems("[".repeat(100_000)))
                .containsExactly("template.yaml:1: values are nested more than 64 deep");
    }

    @Test
    void filesThatAreNoTextAreRefused() throws IOException {
        assertThat(problems(new byte[] {'a', '\n', (byte) 0xff, (byte) 0xfe}))
                .containsExactly("template.yaml:2: this is not text in UTF-8");
        assertThat(problems(new byte[] {'a', '\n', 0}))
                .containsExactly("template.yaml:2: this is not a text file: it holds the control character \\x00");
        assertThat(problems("")).containsExactly("template.yaml:1: the file is empty");
        assertThat(problems(folder)).singleElement().asString().endsWith("this is not a file");
    }

    @Test
    void aFileLargerThanAnyTemplateIsNotRead() throws IOException {
        var file = folder.resolve("large.yaml");
        try (var large = new RandomAccessFile(file.toFile(), "rw")) {
            large.setLength(1L << 40);
        }
        assertThat(problems(file)).singleElement().asString().contains("1099511627776 bytes");
    }

    @Test
    void filesThatAreNoTemplateSayWhatTheyAre() throws IOException {
        assertThat(problems("- a\n"))
                .containsExactly("template.yaml:1: this is no job template: it holds a list, not keys and values");
        assertThat(problems("a: b\n"))
                .containsExactly("template.yaml:1: this is no job template: 'specificationVersion' is missing");
        assertThat(problems("specificationVersion: 2\n"))
                .singleElement()
                .asString()
                .contains("'specificationVersion' must be jobtemplate-2023-09 or environment-2023-09");
    }

    @Test
    void aKeyThatIsThereTwiceIsToldWithBothLines() throws IOException {
        assertThat(problems(HEAD + "name: Other\n" + STEP))
                .containsExactly("template.yaml:3: the key 'name' is there twice, first in line 2");
    }

    @Test
    void aHundredThousandStepsInACircleAreToldAtOnce() throws IOException {
        var steps = new StringBuilder(HEAD).append("steps:\n");
        for (int i = 0; i < 100_000; i++) {
            steps.append("- {name: s%d, dependencies: [{dependsOn: s%d}]}\n".formatted(i, (i + 1) % 100_000));
        }
        assertThat(problems(steps.toString())).hasSize(200);
    }

    @Test
    void aPathParameterIsUnknownBeforeTheWorkerKnowsIt() throws IOException {
        assertThat(problems("""
                specificationVersion: jobtemplate-2023-09
                name: "{{Param.Out}}"
                parameterDefinitions: [{name: Out, type: PATH}]
                """ + STEP))
                .containsExactly(
                        "template.yaml:2: name: '{{Param.Out}}' is a PATH, known only on the worker; use RawParam.Out here");
    }
}
