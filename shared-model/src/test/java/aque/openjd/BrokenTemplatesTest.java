package aque.openjd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Damaged files end in problems, never in another exception.
class BrokenTemplatesTest {

    private static final int ROUNDS = 4000;

    private static final String TEMPLATE = """
            specificationVersion: jobtemplate-2023-09
            extensions: [TASK_CHUNKING, FEATURE_BUNDLE_1]
            name: "Job {{Param.A}}"
            parameterDefinitions:
            - {name: A, type: STRING, default: "1-9:2", minLength: 1, userInterface: {control: LINE_EDIT, label: L}}
            - {name: B, type: INT, default: 5, allowedValues: [5, "6"]}
            - {name: C, type: PATH, objectType: FILE, default: a/b, userInterface: {control: CHOOSE_INPUT_FILE, fileFilters: [{label: X, patterns: ["*.exr"]}]}}
            jobEnvironments:
            - name: E
              variables: {V: "{{Param.C}}"}
              script: {actions: {onEnter: {command: a, timeout: "{{Param.B}}", cancelation: {mode: NOTIFY_THEN_TERMINATE}}}}
            steps:
            - name: S
              dependencies: [{dependsOn: T}]
              hostRequirements: {amounts: [{name: amount.worker.vcpu, min: 1, max: 2.5}], attributes: [{name: attr.x, anyOf: [a]}]}
              parameterSpace:
                taskParameterDefinitions:
                - {name: P, type: INT, range: "{{Param.A}}"}
                - {name: Q, type: STRING, range: [a, b, c, d, e]}
                - {name: R, type: "CHUNK[INT]", range: 1-10, chunks: {defaultTaskCount: 3, rangeConstraint: CONTIGUOUS}}
                combination: "(P, Q) * R"
              script:
                actions: {onRun: {command: "{{Task.File.F}}", args: ["{{Task.Param.P}}"]}}
                embeddedFiles: [{name: F, type: TEXT, data: "x", endOfLine: LF}]
            - name: T
              bash: {script: "echo"}
            """;

    private static final String PIECES = "{}[]:,-*&!|>'\"%@`#?\n \t0123456789.eE+nullrueParm\u00e9\u0000\uffff";

    @TempDir
    Path folder;

    @Test
    void theUndamagedTemplateIsRight() throws IOException {
        assertThat(thrown(TEMPLATE.getBytes(StandardCharsets.UTF_8))).isNull();
    }

    @Test
    void brokenJsonIsCalledJson() throws IOException {
        var file = Files.writeString(folder.resolve("t.json"), "{\"name\": \"x\",\n \"steps\": [}\n");
        assertThat(catchThrowable(() -> TemplateReader.readJob(file)))
                .hasMessageContaining("t.json:2: broken JSON")
                .hasMessageNotContaining("YAML");
        Files.writeString(file, "{\"steps\": [1,]}");
        assertThat(catchThrowable(() -> TemplateReader.readJob(file))).hasMessageContaining("t.json:1: broken JSON");
        Files.writeString(file, "{\"steps\": [1]\n");
        assertThat(catchThrowable(() -> TemplateReader.readJob(file)))
                .hasMessageContaining("t.json:2: broken JSON")
                .hasMessageNotContaining("REDACTED");
    }

    @Test
    void damagedBytesEndInProblems() throws IOException {
        var random = new Random(20230901);
        for (int round = 0; round < ROUNDS; round++) {
            var text = new StringBuilder(TEMPLATE);
            for (int cut = random.nextInt(4); cut >= 0; cut--) {
                damage(text, random);
            }
            var thrown = thrown(text.toString().getBytes(StandardCharsets.UTF_8));
            assertThat(thrown == null || thrown instanceof TemplateException)
                    .as(() -> thrown + " of\n" + text)
                    .isTrue();
        }
    }

    private static void damage(StringBuilder text, Random random) {
        var at = random.nextInt(text.length());
        switch (random.nextInt(3)) {
            case 0 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(20)));
            case 1 -> text.insert(at, PIECES.charAt(random.nextInt(PIECES.length())));
            default -> {
                var end = Math.min(text.length(), at + 1 + random.nextInt(40));
                text.insert(random.nextInt(text.length()), text.substring(at, end));
            }
        }
    }

    private @Nullable Throwable thrown(byte[] bytes) throws IOException {
        var file = Files.write(folder.resolve("template.yaml"), bytes);
        return catchThrowable(() -> {
            var job = TemplateReader.readJob(file);
            JobDocument.of(Jobs.create(job, List.of(), Map.of(), folder)).toJson();
        });
    }
}
