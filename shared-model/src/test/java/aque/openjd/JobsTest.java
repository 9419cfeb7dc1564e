package aque.openjd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobsTest {

    private static final String TEMPLATE = """
            specificationVersion: jobtemplate-2023-09
            extensions: [TASK_CHUNKING]
            name: Render {{Param.Name}}
            parameterDefinitions:
            - {name: Name, type: STRING, default: scene}
            - {name: Frames, type: STRING, default: 1-1000000000}
            - {name: Out, type: PATH, default: images}
            - {name: Samples, type: INT, minValue: 1, default: 4}
            steps:
            - name: Render
              parameterSpace:
                taskParameterDefinitions:
                - {name: Eye, type: STRING, range: [left, right]}
                - {name: Frame, type: INT, range: "{{Param.Frames}}"}
              script:
                actions:
                  onRun: {command: render, args: ["{{Task.Param.Frame}}", "{{Param.Out}}"]}
            - name: Chunks
              parameterSpace:
                taskParameterDefinitions:
                - name: Frame
                  type: CHUNK[INT]
                  range: "1,10-12,18-50"
                  chunks: {defaultTaskCount: 10, rangeConstraint: CONTIGUOUS}
              script:
                actions:
                  onRun: {command: render}
            """;

    @TempDir
    Path folder;

    private Job create(Map<String, String> values) throws IOException {
        var file = Files.writeString(folder.resolve("template.yaml"), TEMPLATE);
        return Jobs.create(TemplateReader.readJob(file), List.of(), values, Path.of("/cwd"));
    }

    @Test
    void aBillionTasksAreDescribedNotListed() throws IOException {
        var space = create(Map.of()).steps().getFirst().parameterSpace();
        assertThat(space.size()).isEqualTo(2_000_000_000L);
        assertThat(space.get(1_999_999_999L)).hasToString("Eye=right Frame=1000000000");
    }

    @Test
    void valuesAreFilledIn() throws IOException {
        var job = create(Map.of("Name", "shot 7", "Frames", "3,1-2", "Samples", "+08"));
        assertThat(job.name()).isEqualTo("Render shot 7");
        assertThat(job.parameters())
                .contains(
                        new JobParameter("Samples", ParameterType.INT, "8"),
                        new JobParameter(
                                "Out",
                                ParameterType.PATH,
                                folder.resolve("images").toString()));
        assertThat(job.steps().getFirst().parameterSpace().get(2)).hasToString("Eye=left Frame=3");
    }

    @Test
    void givenPathsStartAtTheCallersFolder() throws IOException {
        assertThat(create(Map.of("Out", "a/b")).parameters())
                .contains(new JobParameter(
                        "Out", ParameterType.PATH, Path.of("/cwd/a/b").toString()));
        assertThat(create(Map.of("Out", "C:\\shots")).parameters())
                .contains(new JobParameter("Out", ParameterType.PATH, "C:\\shots"));
    }

    @Test
    void everyWrongValueIsNamed() {
        var thrown = catchThrowableOfType(
                TemplateException.class, () -> create(Map.of("Samples", "0", "Nmae", "x", "Frames", "1-2")));
        assertThat(Objects.requireNonNull(thrown).problems().stream().map(p -> p.path() + ": " + p.message()))
                .containsExactlyInAnyOrder(
                        "parameter Nmae: the templates have no such parameter, did you mean 'Name'?",
                        "parameter Samples: '0' is less than 1");
    }

    @Test
    void chunksStayWithinNeighbours() throws IOException {
        var space = create(Map.of()).steps().getLast().parameterSpace();
        assertThat(LongStream.range(0, space.size()).mapToObj(i -> space.get(i).toString()))
                .containsExactly(
                        "Frame=1-1", "Frame=10-12", "Frame=18-26", "Frame=27-34", "Frame=35-42", "Frame=43-50");
    }

    @Test
    void chunksAreDealtEvenly() {
        assertThat(chunks("1-35", 10, true)).containsExactly("1-9", "10-18", "19-27", "28-35");
        assertThat(chunks("1-5,7,9-11:2,13", 3, false)).containsExactly("1-3", "4,5,7", "9,11,13");
        assertThat(chunks("1-7:2,8", 2, true)).containsExactly("1-1", "3-3", "5-5", "7-8");
        assertThat(Chunking.of(Runs.parse("1-4000000000"), 4, true).size()).isEqualTo(1_000_000_000L);
    }

    private static List<String> chunks(String range, long most, boolean contiguous) {
        var chunking = Chunking.of(Runs.parse(range), most, contiguous);
        return LongStream.range(0, chunking.size()).mapToObj(chunking::get).toList();
    }

    @Test
    void documentsSurviveJson() throws IOException {
        var rule = new PathMappingRule(PathMappingRule.Format.WINDOWS, "P:\\shots", "/mnt/shots");
        var document = JobDocument.of(create(Map.of()), new PathMapping(List.of(rule)));
        assertThat(JobDocument.fromJson(document.toJson())).isEqualTo(document);
        assertThat(document.pathMapping().apply("p:/shots/a b/c.exr")).isEqualTo("/mnt/shots/a b/c.exr");
    }

    @Test
    void aBundleIsAFolderWithValues() throws IOException {
        create(Map.of());
        Files.writeString(folder.resolve("parameter_values.yaml"), """
                parameterValues:
                - {name: Samples, value: 16}
                - {name: "farm:priority", value: 50}
                """);
        assertThat(Bundle.read(folder).values()).containsExactly(Map.entry("Samples", "16"));
    }

    @Test
    void aTasksCommandLineIsKnownBeforeAWorkerHasItButForWhatOnlyTheWorkerKnows() throws IOException {
        var file = Files.writeString(folder.resolve("line.yaml"), """
                specificationVersion: jobtemplate-2023-09
                name: line
                parameterDefinitions:
                - {name: Scene, type: STRING, default: boat.ma}
                steps:
                - name: Render
                  parameterSpace:
                    taskParameterDefinitions:
                    - {name: Frame, type: INT, range: 1-9}
                  script:
                    actions:
                      onRun:
                        command: bash
                        args: ["{{Task.File.Run}}", "{{Param.Scene}}", "{{Task.Param.Frame}}", "{{Session.WorkingDirectory}}/x"]
                    embeddedFiles:
                    - {name: Run, type: TEXT, filename: run.sh, data: "true"}
                """);
        var job = Jobs.create(TemplateReader.readJob(file), List.of(), Map.of("Scene", "whale.ma"), Path.of("/cwd"));
        var seventh = job.steps().getFirst().parameterSpace().get(6);

        assertThat(CommandLine.of(JobDocument.of(job), 0, seventh))
                .containsExactly("bash", "run.sh", "whale.ma", "7", "{{Session.WorkingDirectory}}/x");
    }
}
