package aque.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aque.openjd.JobDocument;
import aque.openjd.TaskParameters;
import aque.submit.Library;
import aque.submit.Offer;
import aque.submit.Offers;
import aque.submit.Submission;
import aque.submit.SubmitException;
import aque.submit.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Each drop runs its tool with exactly these words: the shipped templates are run by a session, with programs of the
/// tools' names that write down how they were called.
final class DropTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        s.blend | Frames=1-10 | blender -b F/s.blend -s 1 -e 10 -j 1 -a
        s.blend | Frames=7; Output=//o_ | blender -b F/s.blend -o //o_ -f 7
        s.blend | Frames=-5--1 | blender -b F/s.blend -s -5 -e -1 -j 1 -a
        it's 1.blend | Frames=1-2 | blender -b F/it's 1.blend -s 1 -e 2 -j 1 -a
        s.nk | Frames=1-10; Write=Write1 | nuke -F 1-10x1 -m 1 -X Write1 -x F/s.nk
        s.ma | Frames=1-10; Layer=l; Camera=c; Project=/p; Output=/o | Render -r file -s 1 -e 10 -b 1 -rl l -cam c -proj /p -rd /o F/s.ma
        s.mb | Frames=1-10; Renderer=arnold | Render -r arnold -s 1 -e 10 -b 1 F/s.mb
        s.hip | Frames=1-10; Take=main; Node=/out/r | hrender_af -s 1 -e 10 --by 1 -t main F/s.hip /out/r
        s.usd | Frames=3; Output=/o.exr | husk -r 1920 1080 -R BRAY_HdKarma -f 3 F/s.usd -o /o.exr
        s.ifd | | mantra -V a -f F/s.ifd
        s.ass | | kick -i F/s.ass -o F/s.exr -v 2 -nstdin -dw -dp
        s.vrscene | Frames=1-10 | vray -sceneFile=F/s.vrscene -frames=1-10,1 -imgFile=F/s.exr -display=0
        s.aep | Frames=1-10; Composition=c; Output=/o | aerender -project F/s.aep -s 1 -e 10 -i 1 -comp c -output /o
        s.c4d | Frames=1-10 | c4d -nogui -render F/s.c4d -frame 1 10 1
        s.max | Frames=1-10 | 3dsmaxcmd F/s.max -start:1 -end:10 -nthFrame:1
        s.comp | Frames=1-10 | fusion F/s.comp /render /start 1 /end 10 /quit
        s.ntp | Frames=1-10 | natron -b -w Write1 F/s.####.exr 1-10 F/s.ntp
        s.project | Frames=1-10; Image=i | clarisse_node F/s.project -image i -start_frame 1 -end_frame 10
        s.mov | | ffmpeg -y -i F/s.mov -vf scale=-2:540 -c:v libx264 -pix_fmt yuv420p F/s-proxy.mp4
        s.render | Frames=2; Image=i | clarisse_node F/s.render -image i -start_frame 2 -end_frame 2
        s.usda | Frames=1-2; Output=/o.exr; Width=4; Height=3 | husk -r 4 3 -R BRAY_HdKarma -f 1 F/s.usda -o /o.exr; husk -r 4 3 -R BRAY_HdKarma -f 2 F/s.usda -o /o.exr
        s.alf | | tractor-spool F/s.alf
        s.rib | | prman -Progress F/s.rib
        x_job_info.job | | deadlinecommand F/x_job_info.job F/x_plugin_info.job
        x_plugin_info.job | | deadlinecommand F/x_job_info.job F/x_plugin_info.job
        maya_submit_info.txt | | deadlinecommand F/maya_submit_info.txt F/maya_plugin_info.txt
        """)
    void aDropRunsItsTool(String file, String values, String expected) throws Exception {
        for (var name : List.of(file, "x_job_info.job", "x_plugin_info.job", "maya_plugin_info.txt")) {
            Files.writeString(folder.resolve(name), "");
        }
        assertThat(calls(Offers.of(folder.resolve(file)), values))
                .containsExactly(
                        expected.replace("F/", folder.toRealPath() + "/").split("; (?=husk)"));
    }

    @ParameterizedTest
    @CsvSource({"s.sh,sh", "s.py,python3", "s.bat,cmd /c"})
    void aScriptIsRunByWhatItsEndingSays(String file, String program) throws IOException {
        Files.writeString(folder.resolve(file), "");
        assertThat(commands(Offers.of(folder.resolve(file)), "").getFirst())
                .isEqualTo(List.of((program + " " + folder.toRealPath() + "/" + file).split(" ")));
    }

    @Test
    void aProgramRunsAsItIs() throws IOException {
        var file = Files.writeString(folder.resolve("tool.py"), "#!/usr/bin/env python3\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        assertThat(commands(Offers.of(file), "")).containsExactly(List.of(file.toString()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        s.blend | Frames=1-10 | blender -b F/s.blend -t 7 -s 1 -e 10 -j 1 -a
        s.nk | Frames=1-10; Write=W | nuke -F 1-10x1 -m 7 -X W -x F/s.nk
        s.ma | Frames=1; Renderer=arnold | Render -r arnold -ai:threads 7 -s 1 -e 1 -b 1 F/s.ma
        s.usd | Frames=3; Output=/o.exr | husk -j 7 -r 1920 1080 -R BRAY_HdKarma -f 3 F/s.usd -o /o.exr
        s.ass | | kick -i F/s.ass -o F/s.exr -v 2 -t 7 -nstdin -dw -dp
        s.rib | | prman -Progress -t:7 F/s.rib
        s.ifd | | mantra -j 7 -V a -f F/s.ifd
        s.vrscene | Frames=1-10 | vray -sceneFile=F/s.vrscene -frames=1-10,1 -imgFile=F/s.exr -display=0 -numThreads=7
        s.c4d | Frames=1-10 | c4d -nogui -threads 7 -render F/s.c4d -frame 1 10 1
        s.mov | | ffmpeg -y -i F/s.mov -vf scale=-2:540 -c:v libx264 -pix_fmt yuv420p -threads 7 F/s-proxy.mp4
        """)
    void aToolUsesTheCoresThatItsTaskHas(String file, String values, String expected) throws Exception {
        Files.writeString(folder.resolve(file), "");
        var submission = submission(Offers.of(folder.resolve(file)), values);
        assertThat(submission.tasks().getLast().needs().cpuMilli()).isNegative();
        assertThat(calls(submission, Map.of("AQUE_CPUS", "7")))
                .containsExactly(expected.replace("F/", folder.toRealPath() + "/"));
    }

    @Test
    void framesBecomeAMovieByAnyOfThemOrTheirFolder() throws Exception {
        var frames = Files.createDirectory(folder.resolve("f"));
        for (var n : List.of(998, 999, 1000, 1002)) {
            Files.writeString(frames.resolve("shot.%04d.exr".formatted(n)), "");
        }
        Files.writeString(folder.resolve("notes.txt"), "true\n");
        var below = Files.createDirectory(folder.resolve("below"));
        for (var n : List.of("x-002", "a.-002", "a.-001", "a.0000", "a.0001")) {
            Files.writeString(below.resolve(n + ".png"), "");
        }
        assertThat(Offers.of(below).title()).isEqualTo("a.####.png -2-1");
        var offer = Offers.of(frames.resolve("shot.1000.exr"));
        assertThat(offer.title()).isEqualTo("shot.####.exr 998-1002, without 1001");
        assertThat(offer.notes()).containsExactly("frames that are not there: 1001");
        Files.writeString(frames.resolve("shot.1001.exr"), "");
        var call = "ffmpeg -y -r 24 -start_number 998 -i F/shot.%04d.exr -vf pad=ceil(iw/2)*2:ceil(ih/2)*2"
                + " -c:v libx264 -pix_fmt yuv420p F/shot.mp4";
        assertThat(calls(offer, "")).containsExactly(call.replace("F/", frames.toRealPath() + "/"));
        assertThat(Offers.of(frames).title()).isEqualTo("shot.####.exr 998-1002");
        assertThat(Offers.of(List.of(frames.resolve("shot.0998.exr"), frames.resolve("shot.0999.exr"))))
                .hasSize(1);
    }

    @Test
    void aListIsATaskALine() throws IOException {
        var file = Files.writeString(folder.resolve("jobs.txt"), "echo 'a  b' | wc -c\n\n# no task\nsleep 1\n");
        assertThat(commands(Offers.of(file), ""))
                .containsExactly(List.of("sh", "-c", "echo 'a  b' | wc -c"), List.of("sh", "-c", "sleep 1"));
    }

    @Test
    void aTableIsATaskARow() throws IOException {
        var file = Files.writeString(
                folder.resolve("w.csv"), "\uFEFFsize,text\n1,\"a, \"\"b\"\"\"\n2,; rm -rf x\n{text},3\n");
        assertThat(commands(Offers.of(file), "Command=sim --size {size} '{text}'"))
                .containsExactly(
                        List.of("sim", "--size", "1", "a, \"b\""),
                        List.of("sim", "--size", "2", "; rm -rf x"),
                        List.of("sim", "--size", "{text}", "3"));
        assertThatThrownBy(() -> commands(Offers.of(file), ""))
                .isInstanceOf(SubmitException.class)
                .hasMessageContaining("-p Command=");
    }

    @Test
    void anUnknownFileIsSaidWithWhatWouldDo() throws IOException {
        var file = Files.writeString(folder.resolve("x.unknown"), "");
        assertThatThrownBy(() -> Offers.of(file)).hasMessageContaining("aque submit -- PROGRAM");
        Files.writeString(file, "BLENDER-v304");
        assertThatThrownBy(() -> Offers.of(file))
                .hasMessageContaining("aque submit --template blender " + file)
                .hasMessageContaining(".blend");
        Files.writeString(file, "echo a\n");
        assertThatThrownBy(() -> Offers.of(file)).hasMessageContaining("aque submit -- sh " + file);
    }

    @Test
    void theLibraryHasListsTablesAndPythonToo() throws Exception {
        var list = Files.writeString(folder.resolve("l.txt"), "echo one\nexec husk 'a  b' $((1+1))\n");
        assertThat(calls(routine("shell-list"), "List=" + list + "; Lines=2")).containsExactly("husk a  b 2");
        var table = Files.writeString(folder.resolve("t.csv"), "size,text\n1,\"a, \"\"b\"\"\"\n\n2,; exit 3\n");
        assertThat(calls(routine("csv-wedge"), "Table=" + table + "; Rows=1-2; Command=husk \"$size\" \"$text\""))
                .containsExactly("husk 1 a, \"b\"", "husk 2 ; exit 3");
        var script = Files.writeString(folder.resolve("it's.py"), "");
        assertThat(calls(
                        routine("python"),
                        "Script=" + script + "; Frames=9-10; Python=husk; Arguments=-o 'o p.####.exr' $x"))
                .containsExactly("husk " + script + " -o o p.0009.exr $x", "husk " + script + " -o o p.0010.exr $x");
    }

    private static Offer routine(String name) {
        return Library.ofUser().routine(name).orElseThrow().offer();
    }

    private static Map<String, String> values(String text) {
        var out = new java.util.HashMap<String, String>();
        for (var part : text == null ? new String[0] : text.split("; ")) {
            if (part.indexOf('=') > 0) {
                out.put(part.substring(0, part.indexOf('=')), part.substring(part.indexOf('=') + 1));
            }
        }
        return out;
    }

    private Submission submission(Offer offer, String values) {
        return offer.submission(Offer.Values.of(values(values), folder, "me"));
    }

    private List<List<String>> commands(Offer offer, String values) {
        return submission(offer, values).tasks().stream()
                .filter(t -> !t.isGroup())
                .map(t -> ((Work.Command) t.work()).argv())
                .toList();
    }

    /// How the tools were called, one line a call.
    private List<String> calls(Offer offer, String values) throws IOException, InterruptedException {
        return calls(submission(offer, values), Map.of());
    }

    private List<String> calls(Submission submission, Map<String, String> environment)
            throws IOException, InterruptedException {
        var document = JobDocument.fromJson(submission.document().orElseThrow());
        var runner = new PlainRunner(Optional.of(tools() + ":" + System.getenv("PATH")), environment);
        for (var task : submission.tasks()) {
            if (task.work() instanceof Work.OpenJd work) {
                var step = document.steps().get(work.step());
                try (var session = Session.open(document, folder, SessionHost.PLAIN, runner, new Heard())) {
                    assertThat(session.run(step, TaskParameters.fromJson(work.parameters())))
                            .as(runner.printed.toString())
                            .isEmpty();
                    session.end();
                }
            }
        }
        return new ArrayList<>(runner.printed);
    }

    private Path tools() throws IOException {
        var tools = Files.createDirectories(folder.resolve("tools"));
        for (var name : List.of(
                "blender",
                "nuke",
                "Render",
                "hrender_af",
                "husk",
                "mantra",
                "kick",
                "vray",
                "aerender",
                "c4d",
                "3dsmaxcmd",
                "fusion",
                "natron",
                "tractor-spool",
                "deadlinecommand",
                "prman",
                "clarisse_node",
                "ffmpeg")) {
            var tool = Files.writeString(tools.resolve(name), "#!/bin/sh\necho \"${0##*/} $*\"\n");
            assertThat(tool.toFile().setExecutable(true)).isTrue();
        }
        return tools;
    }
}
