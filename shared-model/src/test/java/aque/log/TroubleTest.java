package aque.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TroubleTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ERROR   | Error: Cannot read file '/show/boat.blend'",
                "ERROR   | FileNotFoundError: [Errno 2] hull.exr",
                "ERROR   | java.lang.IllegalStateException: no",
                "ERROR   | Traceback (most recent call last):",
                "ERROR   | Segmentation fault (core dumped)",
                "ERROR   | sh: 1: blender: not found, no such file or directory",
                "ERROR   | [ass] 00:00:01 ERROR | could not open procedural",
                "WARNING | Warning: no such file or directory: tex/hull.exr, using pink",
                "WARNING | 00:00:02  512MB WARNING | [texture] missing",
                "NONE    | finished with 0 errors and 0 warnings",
                "NONE    | Errors: 0",
                "NONE    | no error found",
                "NONE    | Fra:101 Mem:812M | rendered 12/128",
                "NONE    | texture error threshold 0.01",
                "NONE    | mirrored the terror scene"
            })
    void aLineSoundsAsBadAsItIs(Trouble trouble, String line) {
        assertThat(Trouble.of(line)).isEqualTo(trouble);
    }
}
