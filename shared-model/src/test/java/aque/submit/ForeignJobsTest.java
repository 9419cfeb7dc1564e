package aque.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Jobs of other farms, dropped as files.
final class ForeignJobsTest {
    private static final String CUE = """
        <?xml version="1.0"?>
        <!DOCTYPE spec SYSTEM "http://nowhere.invalid/cjsl.dtd">
        <spec><show>pipe</show><shot>s1</shot><user>u</user>
          <job name="comp"><paused>true</paused><priority>200</priority><maxretries>2</maxretries><os>Linux</os>
            <env><key name="A">job</key><key name="B">b</key></env>
            <layers>
              <layer name="render" type="Render"><cmd>r -f #ZFRAME# -e #FRAME_END# "#LAYER#"</cmd><range>1-6</range>
                <chunk>2</chunk><cores>250</cores><memory>2gb</memory><timeout>3</timeout>
                <env><key name="A">layer</key></env><limits><limit>nuke</limit></limits></layer>
              <layer name="copy" type="Util"><cmd>cp #IFRAME#</cmd><range>1-6x2</range><chunk>1</chunk><cores>1.5</cores></layer>
              <layer name="mail" type="Post"><cmd>mail</cmd><range>1</range><chunk>1</chunk><tags>office</tags></layer>
            </layers>
          </job>
          <depends><depend type="FRAME_BY_FRAME"><depjob>comp</depjob><deplayer>copy</deplayer><onjob>comp</onjob>
            <onlayer>render</onlayer></depend></depends>
        </spec>
        """;

    @TempDir
    private Path folder;

    private Submission made(Path file) {
        return Offers.of(file).submission(Offer.Values.of(Map.of(), folder, "me"));
    }

    /// Each task or group with what it waits for, by their names.
    private static List<String> graph(Submission s) {
        return s.tasks().stream()
                .map(t -> (t.parent() < 0 ? "" : s.tasks().get(t.parent()).name() + "/")
                        + t.name()
                        + (t.upstream().isEmpty()
                                ? ""
                                : " after "
                                        + t.upstream().stream()
                                                .map(u -> s.tasks().get(u).name())
                                                .collect(Collectors.joining(","))))
                .toList();
    }

    private static String command(NewTask task) {
        return ((Work.Command) task.work()).argv().getLast();
    }

    @Test
    void anOpenCueJobBecomesItsLayersAndFrames() throws IOException {
        var file = Files.writeString(folder.resolve("job.xml"), CUE);
        var s = made(file);
        assertThat(graph(s))
                .containsExactly(
                        "comp",
                        "comp/render",
                        "render/1,2",
                        "render/3,4",
                        "render/5,6",
                        "comp/copy",
                        "copy/1 after 1,2",
                        "copy/3 after 3,4",
                        "copy/5 after 5,6",
                        "comp/mail after render,copy");
        var chunk = s.tasks().get(3);
        assertThat(((Work.Command) chunk.work()).argv()).containsExactly("sh", "-c", "r -f 0003 -e 4 \"render\"");
        assertThat(chunk.options().env())
                .containsEntry("A", "layer")
                .containsEntry("B", "b")
                .containsEntry("CUE_FRAME", "0003-render");
        assertThat(chunk.options().retries()).isEqualTo(2);
        assertThat(chunk.options().timeout()).isEqualTo(180);
        assertThat(chunk.needs().cpuMilli()).isEqualTo(2500);
        assertThat(chunk.needs().memory()).isEqualTo(2L << 30);
        assertThat(chunk.needs().platform()).isEqualTo("linux");
        assertThat(chunk.needs().limits()).containsEntry("nuke", 1);
        assertThat(s.tasks().get(6).needs().cpuMilli()).isEqualTo(1500);
        assertThat(s.held()).isTrue();
        assertThat(s.priority()).isEqualTo(2000);
        assertThat(Offers.of(file).notes()).containsExactly("left out: tags office of mail");
        assertThat(TaskOrder.of(Wiring.of(s.tasks()))).hasSize(10);
    }

    @Test
    void whatAnOpenCueJobWaitsForMustBeInItsFile() throws IOException {
        var file = Files.writeString(
                folder.resolve("job.xml"), CUE.replace("<onjob>comp</onjob>", "<onjob>other</onjob>"));
        assertThatThrownBy(() -> made(file))
                .hasMessageContaining("the job other")
                .hasMessageContaining("--dep");
        var broken = Files.writeString(folder.resolve("b.xml"), "<spec>\n<job name='x'>\n</spec>");
        assertThatThrownBy(() -> made(broken)).hasMessageContaining("b.xml:3");
    }

    @Test
    void framesOfOpenCueAreUnderstood() {
        assertThat(CueFrames.of("1-10x3, 20").orElseThrow()).hasToString("1-10:3,20");
        assertThat(CueFrames.of("3-1").orElseThrow().numbers()).containsExactly(1L, 2L, 3L);
        assertThat(CueFrames.of("1-6y2").orElseThrow().numbers()).containsExactly(2L, 4L, 6L);
        assertThat(CueFrames.of("1-6:2").orElseThrow().numbers()).hasSize(6);
        assertThat(CueFrames.of("-3--1").orElseThrow().numbers()).containsExactly(-3L, -2L, -1L);
        assertThat(CueFrames.of("a")).isEmpty();
    }

    @Test
    void anAfanasyJobBecomesItsBlocks() throws IOException {
        var file = Files.writeString(folder.resolve("job.json"), """
            {"job": {"name": "shot", "offline": true, "max_running_tasks": 3, "hosts_mask": "r.*", "blocks": [
              {"name": "render", "flags": 1, "frame_first": 1, "frame_last": 10, "frames_per_task": 2, "frames_inc": 2,
               "command": "nuke -F@#@,@#@ x.@###@.nk", "working_directory": "/w", "tasks_name": "f @#@-@#@",
               "errors_retries": 1, "tasks_max_run_time": 60, "need_memory": 512, "environment": {"K": "v"}},
              {"name": "movie", "depend_mask": "rend.*", "command": "ff @#@",
               "tasks": [{"name": "a", "command": "one"}, {"command": "two"}]},
              {"name": "check", "tasks_depend_mask": "render", "flags": 1, "frame_first": 1, "frame_last": 9,
               "frames_per_task": 1, "frames_inc": 4, "command": "look @#@"}]}}
            """);
        var s = made(file);
        assertThat(graph(s))
                .containsExactly(
                        "shot",
                        "shot/render",
                        "render/f 1-3",
                        "render/f 5-7",
                        "render/f 9-9",
                        "shot/movie after render",
                        "movie/a",
                        "movie/ff two",
                        "shot/check",
                        "check/1 after f 1-3",
                        "check/5 after f 5-7",
                        "check/9 after f 9-9");
        assertThat(command(s.tasks().get(2))).isEqualTo("nuke -F1,3 x.001.nk");
        assertThat(command(s.tasks().get(6))).isEqualTo("ff one");
        var options = s.tasks().get(2).options();
        assertThat(options.cwd()).isEqualTo("/w");
        assertThat(options.env()).containsEntry("K", "v");
        assertThat(options.retries()).isEqualTo(1);
        assertThat(options.timeout()).isEqualTo(60);
        assertThat(s.tasks().get(2).needs().memory()).isEqualTo(512L << 20);
        assertThat(s.rules().maxParallel()).isEqualTo(3);
        assertThat(s.held()).isTrue();
        assertThat(Offers.of(file).notes()).containsExactly("left out: hosts_mask r.*");
    }

    @Test
    void theJobsOfRealFarmsAreRead() throws IOException {
        var corpus = Path.of(System.getProperty("aque.corpus", "nowhere"), "drops");
        Assumptions.assumeTrue(Files.isDirectory(corpus), "the OpenJD corpus is not there");
        try (var files = Files.walk(corpus)) {
            var jobs =
                    files.filter(f -> f.toString().matches(".*\\.(xml|json)")).toList();
            assertThat(jobs)
                    .hasSizeGreaterThan(15)
                    .allSatisfy(f -> assertThat(made(f).size()).isPositive());
        }
        var chunked = made(corpus.resolve("OpenCue/cuebot/src/test/resources/conf/jobspec/jobspec_chunkjoin.xml"));
        var named = graph(chunked);
        assertThat(named).anyMatch(t -> t.startsWith("depend_er/1-20 after 1,2,3"));
        var nuke = made(corpus.resolve("cgru/examples/json/job_minimum.json"));
        assertThat(nuke.size()).isEqualTo(5);
        assertThat(command(nuke.tasks().get(2))).isEqualTo("nuke -F1,19 -x scene.nk -X Write1");
        assertThat(Objects.requireNonNull(nuke.tasks().getLast()).name()).isEqualTo("frames 81-99");
    }
}
