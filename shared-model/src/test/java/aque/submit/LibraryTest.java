package aque.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LibraryTest {
    private static final String TEMPLATE = """
        specificationVersion: jobtemplate-2023-09
        name: mine
        aque: {summary: my own, drop: {extensions: [XYZ], parameter: File}, priority: 7, retries: 2}
        parameterDefinitions: [{name: File, type: PATH}]
        steps: [{name: a, script: {actions: {onRun: {command: tool, args: ["{{Param.File}}"]}}}}]
        """;

    @TempDir
    private Path folder;

    @Test
    void whatIsShippedIsWhole() {
        var library = Library.of(Map.of("HOME", folder.toString()));
        assertThat(library.routines())
                .hasSizeGreaterThan(20)
                .allSatisfy(r -> assertThat(r.problems()).as(r.name()).isEmpty());
        assertThat(library.routines()).allSatisfy(r -> assertThat(r.summary()).isNotBlank());
    }

    @Test
    void oneFileAddsAKindOfJobAndABrokenOneHurtsNoOther() throws IOException {
        var own = Files.createDirectories(folder.resolve(".config/aque/templates"));
        Files.writeString(own.resolve("mine.yaml"), TEMPLATE);
        Files.writeString(own.resolve("broken.yaml"), TEMPLATE.replace("steps", "stops"));
        Files.writeString(own.resolve("odd.yaml"), TEMPLATE.replace("retries", "retires"));
        var library = Library.of(Map.of("HOME", folder.toString()));
        assertThat(library.routine("broken").orElseThrow().problems()).isNotEmpty();
        assertThat(library.routine("odd").orElseThrow().problems())
                .singleElement()
                .asString()
                .contains("has no key 'retires'");
        var offer = library.forExtension("xyz").getFirst().offer(Path.of("/a/b.xyz"));
        var submission = offer.submission(Offer.Values.of(Map.of(), folder, "me"));
        assertThat(submission.priority()).isEqualTo(7);
        assertThat(submission.tasks().getLast().options().retries()).isEqualTo(2);
        assertThat(((Work.OpenJd) submission.tasks().getLast().work()).parameters())
                .isEqualTo("{}");
    }

    @Test
    void framesWaitForTheirFramesWhereTheTemplateSaysSo() throws IOException {
        var file = Files.writeString(folder.resolve("f.yaml"), """
            specificationVersion: jobtemplate-2023-09
            extensions: [TASK_CHUNKING]
            name: f
            aque: {byFrame: [comp, {step: blur, window: 1}]}
            steps:
            - name: render
              parameterSpace:
                taskParameterDefinitions:
                - {name: Frame, type: "CHUNK[INT]", range: 1-4, chunks: {defaultTaskCount: 2, rangeConstraint: CONTIGUOUS}}
              script: {actions: {onRun: {command: r}}}
            - name: comp
              dependencies: [{dependsOn: render}]
              parameterSpace: {taskParameterDefinitions: [{name: Frame, type: INT, range: 2-3}]}
              script: {actions: {onRun: {command: c}}}
            - name: blur
              dependencies: [{dependsOn: comp}]
              parameterSpace: {taskParameterDefinitions: [{name: Frame, type: INT, range: 2-4}]}
              script: {actions: {onRun: {command: b}}}
            - name: movie
              dependencies: [{dependsOn: blur}]
              script: {actions: {onRun: {command: m}}}
            """);
        var tasks = Offers.of(file)
                .submission(Offer.Values.of(Map.of(), folder, "me"))
                .tasks();
        assertThat(tasks.stream().map(t -> t.name() + t.upstream()))
                .containsExactly(
                        "f[]",
                        "render[]",
                        "Frame=1-2[]",
                        "Frame=3-4[]",
                        "comp[]",
                        "Frame=2[2]",
                        "Frame=3[3]",
                        "blur[]",
                        "Frame=2[5, 6]",
                        "Frame=3[5, 6]",
                        "Frame=4[6]",
                        "movie[7]");
    }

    @Test
    void aSceneThatSaysNothingCanBeAskedByItsTool() throws IOException {
        var library = Library.of(Map.of("HOME", folder.toString()));
        var binary = Files.writeString(folder.resolve("it's.mb"), "FOR4");
        var asks =
                library.routine("maya").orElseThrow().take(binary).inspection().orElseThrow();
        assertThat(asks.argv()).startsWith("mayapy", "-c").endsWith(binary.toString());
        var text = Files.writeString(
                folder.resolve("s.ma"),
                "select -ne :defaultRenderGlobals;\n\tsetAttr \".fs\" 3;\n\tsetAttr \".ef\" 4;\n");
        assertThat(library.routine("maya").orElseThrow().take(text).inspection())
                .isEmpty();
    }

    @Test
    void whatItsToolsPrintIsCheckedWithTheTemplate() throws IOException {
        var good = Files.writeString(
                folder.resolve("g.yaml"),
                TEMPLATE.replace("priority: 7", "progress: ['progress at (?<percent>\\d+)']"));
        assertThat(Offers.of(good).kind()).isEqualTo("OpenJD template");
        for (var wrong : List.of("progress (", "seen x", "progress")) {
            var file = Files.writeString(
                    folder.resolve("w.yaml"), TEMPLATE.replace("priority: 7", "progress: ['" + wrong + "']"));
            assertThatThrownBy(() -> Offers.of(file)).hasMessageContaining("'aque: progress'");
        }
    }

    @Test
    void aLaterFolderTakesThePlaceOfAnEarlierOne() throws IOException {
        var site = Files.createDirectory(folder.resolve("site"));
        var user = Files.createDirectory(folder.resolve("user"));
        Files.writeString(site.resolve("mine.yaml"), TEMPLATE);
        Files.writeString(user.resolve("mine.yaml"), TEMPLATE.replace("my own", "better"));
        assertThat(Library.of(List.of(site, user)).routine("mine").orElseThrow().summary())
                .isEqualTo("better");
        assertThat(Library.of(List.of(user, site)).routine("mine").orElseThrow().summary())
                .isEqualTo("my own");
    }
}
