package aque.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FingerprintTest {

    @Test
    void aPythonTracebackIsItsExceptionAndItsFunctions() {
        var first = print("""
                Fra:101 Mem:812.30M
                Traceback (most recent call last):
                  File "/show/boat/scripts/render.py", line 42, in main
                    load(frame)
                  File "/show/boat/scripts/load.py", line 7, in load
                    return open(path)
                FileNotFoundError: [Errno 2] No such file or directory: '/show/boat/tex/hull_0101.exr'
                Blender quit
                """);
        var second = print("""
                Traceback (most recent call last):
                  File "/mnt/other/boat/scripts/render.py", line 43, in main
                    load(frame)
                  File "/mnt/other/boat/scripts/load.py", line 7, in load
                    return open(path)
                    ~~~~^^^^^^
                FileNotFoundError: [Errno 2] No such file or directory: '/mnt/other/boat/tex/hull_0117.exr'
                """);
        var elsewhere = print("""
                Traceback (most recent call last):
                  File "/show/boat/scripts/render.py", line 42, in main
                    load(frame)
                  File "/show/boat/scripts/cache.py", line 9, in fetch
                    return open(path)
                FileNotFoundError: [Errno 2] No such file or directory: '/show/boat/tex/hull_0101.exr'
                """);

        assertThat(first.key()).isEqualTo(second.key()).isNotEqualTo(elsewhere.key());
        assertThat(first.title())
                .isEqualTo("FileNotFoundError: [Errno 2] No such file or directory: '/show/boat/tex/hull_0101.exr'");
        assertThat(first.detail()).isEqualTo("""
                        render.py main
                        load.py load
                        FileNotFoundError: [Errno <n>] No such file or directory: '/hull_<n>.exr'""");
    }

    @Test
    void anExceptionWhileAnotherWasHandledIsTheLastOne() {
        var chained = print("""
                Traceback (most recent call last):
                  File "a.py", line 1, in <module>
                    int('x')
                ValueError: invalid literal for int() with base 10: 'x'

                During handling of the above exception, another exception occurred:

                Traceback (most recent call last):
                  File "a.py", line 3, in <module>
                    raise RuntimeError('bad frame 12')
                RuntimeError: bad frame 12
                """);

        assertThat(chained.title()).isEqualTo("RuntimeError: bad frame 12");
    }

    @Test
    void blendersPythonErrorsStandBehindAPrefix() {
        assertThat(print("""
                Error: Python: Traceback (most recent call last):
                  File "/tmp/startup.py", line 12, in <module>
                AttributeError: 'NoneType' object has no attribute 'data'
                """).title()).isEqualTo("AttributeError: 'NoneType' object has no attribute 'data'");
    }

    @Test
    void houdiniPutsItsWordsBeforeEachLine() {
        var first = print("""
                [12:01:02] hython: Traceback (most recent call last):
                [12:01:02] hython:   File "/opt/hfs/husk.py", line 88, in cook
                [12:01:03] hython: hou.OperationFailed: The attempted operation failed.
                """);
        assertThat(first.title()).isEqualTo("hou.OperationFailed: The attempted operation failed.");
        assertThat(first.detail()).startsWith("husk.py cook\n");
    }

    @Test
    void blenderErrorsDifferByTheirFileOnly() {
        same(
                "Error: Cannot read file \"/show/boat/scenes/boat_v012.blend\": No such file or directory",
                "Error: Cannot read file \"/srv/copy/scenes/boat_v013.blend\": No such file or directory");
        differ(
                "Error: Cannot read file \"/show/boat/scenes/boat_v012.blend\": No such file or directory",
                "Error: Cannot read file \"/show/boat/scenes/crowd_v001.blend\": No such file or directory");
    }

    @Test
    void nukeErrors() {
        same(
                "[10:41.05] ERROR: Read1: /show/plates/boat.0101.exr: No such file or directory",
                "[11:02.59] ERROR: Read4: /mnt/b/plates/boat.0240.exr: No such file or directory");
        differ(
                "[10:41.05] ERROR: Read1: /show/plates/boat.0101.exr: No such file or directory",
                "[10:41.05] ERROR: Write1: /show/out/boat.0101.exr: Permission denied");
    }

    @Test
    void arnoldErrors() {
        same(
                "00:00:12  1045MB ERROR   | [driver_exr] could not open \"/show/out/boat.0101.exr\" for writing",
                "00:03:40   998MB ERROR   | [driver_exr] could not open \"/srv/out/boat.0117.exr\" for writing");
    }

    @Test
    void theFirstErrorIsTheCauseOfThoseThatFollow() {
        var lines = print("""
                Fra:101 Mem:812M
                00:00:02  512MB WARNING | [texture] missing
                00:00:12  1045MB ERROR   | [ai] license not found
                00:00:13  1045MB ERROR   | render aborted
                """);
        assertThat(lines.title()).isEqualTo("00:00:12  1045MB ERROR   | [ai] license not found");
    }

    @Test
    void aJavaStackTraceIsItsInnermostCause() {
        var first = print("""
                Exception in thread "main" java.lang.IllegalStateException: cannot open 0101
                \tat tool.Main.open(Main.java:31)
                \tat tool.Main.main(Main.java:12)
                Caused by: java.io.FileNotFoundException: /a/b/0101.exr
                \tat java.base/java.io.FileInputStream.open(FileInputStream.java:213)
                \t... 2 more
                """);
        var second = print("""
                Exception in thread "main" java.lang.IllegalStateException: cannot open 0117
                \tat tool.Main.open(Main.java:35)
                Caused by: java.io.FileNotFoundException: /c/0117.exr
                \tat java.base/java.io.FileInputStream.open(FileInputStream.java:214)
                \t... 2 more
                """);

        assertThat(first.title()).isEqualTo("Caused by: java.io.FileNotFoundException: /a/b/0101.exr");
        assertThat(first.key()).isEqualTo(second.key());
    }

    @Test
    void addressesIdsTimesAndCountsAreLeftOut() {
        same(
                "fatal: node 0x7ffd12ab at 2026-11-22T10:00:01.123Z id 123e4567-e89b-12d3-a456-426614174000 used 812MB",
                "fatal: node 0x7ffe99cd at 2026-11-23T11:59:59Z id 99999999-e89b-12d3-a456-426614174fff used 9MB");
        same("error: commit 4f2a9b1c77 of node3", "error: commit 0011ab9fde of node14");
        assertThat(Fingerprint.normal("C:\\show\\boat\\hull.exr and //srv/show/hull.exr and and/or"))
                .isEqualTo("/hull.exr and /hull.exr and and/or");
    }

    @Test
    void whoSaidNothingOfAnErrorIsToldByItsLastWordsAndItsEnd() {
        same("rendering\nframe 101 of 240", "exit 3", "rendering\nframe 117 of 240", "exit 3", true);
        same("rendering\nframe 101 of 240", "exit 3", "rendering\nframe 101 of 240", "signal 9", false);
        assertThat(Fingerprint.of(List.of(), "signal 11").title()).isEqualTo("signal 11");
    }

    @Test
    void aTracebackThatIsCutOffIsStillAnError() {
        assertThat(print("Traceback (most recent call last):\n  File \"a.py\", line 1, in <module>\n")
                        .title())
                .isEqualTo("Traceback (most recent call last):");
    }

    private static void same(String one, String other) {
        assertThat(print(one).key())
                .as(print(one).detail() + "\n" + print(other).detail())
                .isEqualTo(print(other).key());
    }

    private static void differ(String one, String other) {
        assertThat(print(one).key())
                .as(print(one).detail())
                .isNotEqualTo(print(other).key());
    }

    private static void same(String one, String reason, String other, String otherReason, boolean is) {
        var first = Fingerprint.of(one.lines().toList(), reason);
        var second = Fingerprint.of(other.lines().toList(), otherReason);
        assertThat(first.key().equals(second.key())).isEqualTo(is);
    }

    private static Fingerprint print(String text) {
        return Fingerprint.of(text.lines().toList(), "exit 1");
    }
}
