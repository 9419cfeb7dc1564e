package aque.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PathHintsTest {
    @TempDir
    private Path folder;

    private PathHints of(String... words) {
        return PathHints.of(List.of(words), folder);
    }

    @BeforeEach
    void tenMegabytes() throws IOException {
        Files.write(folder.resolve("a"), new byte[10_000_000]);
    }

    @Test
    void theLongestPartThatIsThereIsTheHintAndSizesAreTime() {
        var hints = of("cp", folder + "/a", "/nope/x");
        assertThat(hints.paths()).containsExactlyInAnyOrder(folder + "/a", "/");
        assertThat(hints.seconds()).isCloseTo(0.1, within(1e-9));
    }

    @Test
    void optionsNamesAndRelativePathsAreSeen() {
        assertThat(of("x", "--in=" + folder + "/a").paths()).containsExactly(folder + "/a");
        assertThat(of("dd", "if=a", "of=b/c").paths()).containsExactlyInAnyOrder(folder + "/a", folder.toString());
        assertThat(of("md5sum", "a").paths()).containsExactly(folder + "/a");
    }

    @Test
    void whatIsNoPathIsNone() {
        assertThat(of("/bin/sh", "-c", "cat /etc/x | wc", "hello", "-", "http://h/x", "-I/usr", "")
                        .paths())
                .isEmpty();
        assertThat(of("true").seconds()).isZero();
    }

    @Test
    void framesCountTogether() throws IOException {
        for (var n : List.of("0001", "0002")) {
            Files.write(folder.resolve("f." + n + ".exr"), new byte[1_000_000]);
        }
        assertThat(of("ff", folder + "/f.%04d.exr").seconds()).isCloseTo(0.02, within(1e-9));
        assertThat(of("ff", "./f.####.exr").paths()).containsExactly(folder.toString());
    }

    @Test
    void manyCommandsShareTheFoldersOfTheirPaths() {
        assertThat(PathHints.common(List.of(of("x", "a"), of("x", folder + "/b"), of("x", "a"))))
                .containsExactly(folder.toString());
    }
}
