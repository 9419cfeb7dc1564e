package aque.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GaugeTest {
    private final Patterns patterns = Patterns.shipped();

    private List<Sign> read(String command, List<String> lines) {
        var gauge = patterns.gauge(List.of(command.split(" ")));
        return lines.stream().flatMap(l -> gauge.take(l).stream()).toList();
    }

    private static List<Double> percents(List<Sign> signs) {
        var out = new ArrayList<Double>();
        signs.forEach(s -> {
            if (s instanceof Sign.Progress p) {
                out.add(p.percent());
            }
        });
        return out;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            sh run.sh ~ ALF_PROGRESS 45% ~ 45
            c4d ~ ALF_PROGRESS 45 ~ 45
            sh ~ TR_PROGRESS 12.5% ~ 12.5
            sh ~ PROGRESS: 45% ~ 45
            c4d ~ Progress: 45% ~ 45
            mayapy ~ [PROGRESS] 45 percent ~ 45
            blender -b a.blend -a ~ Fra:2 Mem:10.11M (Peak 10.88M) | Time:00:00.00 | Remaining:00:00.06 | Mem:1.03M, Peak:1.03M | Scene, View Layer | Sample 4/16 ~ 25
            blender -b a.blend -a ~ Fra:1 Mem:10.95M (Peak 12.06M) | Time:00:01.31 | Rendering 4 / 16 samples ~ 25
            blender -b a.blend -a ~ Fra:1 Mem:1M | Scene | Part 4-16 ~ 25
            blender -b a.blend -a ~ Fra:1 Mem:1M | Rendered 136/544 Tiles, Sample 3/64 ~ 4.7
            blender -b a.blend -a ~ Fra:1 Mem:1M | Path Tracing Tile 136/544 ~ 25
            blender -b a.blend -s 1 -e 4 -a ~ Fra:3 Mem:1M | Scene | Sample 8/16 ~ 62.5
            blender -b a.blend -s 1 -e 9 -j 2 -a ~ Fra:5 Mem:1M | Scene | Sample 8/16 ~ 50
            blender -b a.blend -o //x -F PNG -f 11..14 ~ Fra:12 Mem:1M | Scene | Sample 16/16 ~ 50
            blender5 -b a.blend -a ~ 00:00.327  render           | Saved: '/p/f_0002.png' ~ 100
            kick -i a.ass ~ 00:12:34    32MB         |    45% done - 23 rays/pixel ~ 45
            prman a.rib ~ R90000   45% ~ 45
            vray -sceneFile=a ~ Rendering image...:  45.3% ~ 45.3
            redshiftCmdLine a ~ [Redshift] Block 12/48 (7,4) rendered by GPU 0 in 2ms ~ 25
            nuke -F 1-10 -x a.nk ~ Frame 12 (3 of 10) ~ 30
            nuke -F 1-10 -x a.nk ~ Writing /p/f.0012.exr took 1.23 seconds ~ 10
            povray a.pov ~ Rendered 1024 of 4096 pixels (25%) ~ 25
            hython a ~ ABC_PROGRESS 45 ~ 45
            UnrealEditor ~ LogX: Render Executor: Progress: 0.45 ~ 45
            c4d ~ Rendering: 45% ~ 45
            aerender -project a -s 1 -e 4 ~ PROGRESS:  0:00:00:12 (13): 1 Seconds ~ 25
            ffmpeg -i a -frames:v 200 b ~ frame=  136 fps=0.0 q=28.0 size=       0kB time=00:00:03.83 bitrate=   0.1kbits/s speed=7.58x ~ 68
            ffmpeg -t 10 -i a b ~ frame=  136 fps=0.0 q=28.0 size=       0kB time=00:00:05.00 bitrate=   0.1kbits/s speed=7.58x ~ 50
            """)
    void aLineTellsHowFarItIs(String command, String line, double percent) {
        assertThat(percents(read(command, List.of(line)))).containsExactly(percent);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            blender -b a ~ Error: Python: Traceback (most recent call last):
            blender -b a ~ Render error (Invalid argument) cannot save: '/nope/f_0001.png'
            blender -b a ~ Error: Cannot read file '/tmp/nope.blend': No such file or directory
            nuke -x a ~ Node execution error: Read1
            Render -r sw a ~ // Error: file: x (kFailure)
            """)
    void anErrorOfATheToolIsOneOnlyInItsOwnOutput(String command, String line) {
        assertThat(read(command, List.of(line))).hasAtLeastOneElementOfType(Sign.Error.class);
        assertThat(read("sh -c x", List.of(line))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ERROR: License not available for arnold",
                "Licensed number of users already reached. (-4,342)",
                "[rlm] All licenses are in use",
                "No nuke_r license available"
            })
    void aShortLicenceIsKnownWhateverTheTool(String line) {
        assertThat(read("sh -c x", List.of(line))).hasAtLeastOneElementOfType(Sign.Licence.class);
        assertThat(read("sh -c x", List.of("License: GPL 3", "No license file found")))
                .isEmpty();
    }

    @Test
    void framesAddUpOverTheRangeOfTheCommandLine() {
        var signs = read(
                "blender -b a.blend -s 1 -e 2 -a",
                List.of(
                        "Fra:1 Mem:1M | Scene | Sample 8/16",
                        "Saved: '/p/f_0001.png'",
                        "Fra:2 Mem:1M | Scene | Sample 8/16",
                        "Saved: '/p/f_0002.png'"));
        assertThat(signs)
                .containsExactly(
                        new Sign.Progress(25),
                        new Sign.Progress(50),
                        new Sign.Status("f_0001.png"),
                        new Sign.Progress(75),
                        new Sign.Progress(100),
                        new Sign.Status("f_0002.png"));
    }

    private static List<String> captured(String name) throws IOException {
        for (var at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            var file = at.resolve("shared/openjd/corpus/logs").resolve(name);
            if (Files.exists(file)) {
                return List.of(Files.readString(file).split("[\\r\\n]+"));
            }
        }
        assumeThat(name).as("no corpus beside this project").isNull();
        return List.of();
    }

    @Test
    void blendersOwnLogOfTwoFramesEndsAtAHundred() throws IOException {
        var percents =
                percents(read("blender -b scene.blend -s 1 -e 2 -a", captured("blender-3.4.1-cycles-cpu-2frames.log")));
        assertThat(percents).isSorted().endsWith(100.0).contains(50.0);
    }

    @Test
    void ffmpegsOwnLogsAreFollowed() throws IOException {
        var command = "ffmpeg -f lavfi -i testsrc=size=640x360:rate=24:duration=30 r/a.mp4";
        assertThat(percents(read(command, captured("ffmpeg-5.1-default-stderr.log"))))
                .isSorted()
                .contains(12.8);
        assertThat(percents(read(command, captured("ffmpeg-5.1-progress-pipe1-nostats.log"))))
                .isSorted()
                .endsWith(100.0);
    }

    @Test
    void blendersOwnFailuresAreErrors() throws IOException {
        for (var log : List.of("blender-3.4.1-missing-file.log", "blender-3.4.1-python-exit-code.log")) {
            assertThat(read("sh render.sh", captured(log))).hasAtLeastOneElementOfType(Sign.Error.class);
        }
    }

    @Test
    void aSiteAddsAToolAndABrokenFileHurtsNoOther(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("a.patterns"), "tool bad\n progress (\n");
        Files.writeString(folder.resolve("b.patterns"), "tool ours\n progress ^STEP (?<done>\\d+) OF (?<of>\\d+)$\n");
        var gauge = patterns.with(folder).gauge(List.of("ours"));
        assertThat(gauge.take("STEP 3 OF 4")).containsExactly(new Sign.Progress(75));
        assertThat(gauge.take("ALF_PROGRESS 80%")).containsExactly(new Sign.Progress(80));
    }

    @Test
    void aTemplateTellsOfItsOwnTools() {
        var gauge = patterns.with(List.of("progress at (?<percent>\\d+)", "error ^FATAL"))
                .gauge(List.of("any"));
        assertThat(gauge.take("at 40 of a hundred")).containsExactly(new Sign.Progress(40));
        assertThat(gauge.take("FATAL: no disk")).containsExactly(new Sign.Error("template", "FATAL: no disk"));
    }

    @Test
    void aMistakeInAFileIsNamedWithItsLine() {
        assertThatThrownBy(() -> Patterns.read("site", List.of("tool a", "progres x")))
                .hasMessage("site:2: there is no progres");
        assertThatThrownBy(() -> Patterns.read("site", List.of("tool a", "progress (")))
                .hasMessageStartingWith("site:2: ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', textBlock = """
            ^ALF_PROGRESS\\s+(?<percent>\\d+) ~ ALF_PROGRESS
            a|b ~ ''
            colou?rs ~ colo
            ab[cd]{1,2}efg ~ efg
            \\[x\\] y ~ [x] y
            """)
    void theLiteralOfAPatternIsInEveryMatch(String regex, String literal) {
        assertThat(Literal.of(regex)).isEqualTo(literal);
    }
}
