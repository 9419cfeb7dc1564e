package aque.farm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PathRootsTest {
    private final PathRoots roots = new PathRoots(List.of(
            new PathRoot("shows", "/mnt/shows", "S:\\", "/Volumes/shows"),
            new PathRoot("boat", "/mnt/fast/boat", "\\\\filer\\boat", ""),
            new PathRoot("tools", "/opt/tools", "", "/opt/tools")));

    @Test
    void aPathIsTheSameFolderOnEveryPlatform() {
        assertThat(roots.forms("s:/boat\\010/a b.exr"))
                .isEqualTo(Map.of(
                        "linux", "/mnt/shows/boat/010/a b.exr",
                        "windows", "s:/boat\\010/a b.exr",
                        "macos", "/Volumes/shows/boat/010/a b.exr"));
        assertThat(roots.path("/mnt/fast/boat/x", "windows")).isEqualTo("\\\\filer\\boat\\x");
        assertThat(roots.path("\\\\FILER\\boat\\x", "linux")).isEqualTo("/mnt/fast/boat/x");
        assertThat(roots.path("/mnt/shows", "macos")).isEqualTo("/Volumes/shows");
        assertThat(roots.path("/mnt/showsreel/x", "windows")).isEqualTo("/mnt/showsreel/x");
        assertThat(roots.path("/mnt/fast/boat/x", "macos")).isEqualTo("/mnt/fast/boat/x");
        assertThat(roots.forms("/home/ann")).isEmpty();
        assertThat(roots.forms("/mnt/showsreel")).isEmpty();
    }

    @Test
    void aWordOfACommandLineIsAPathOrHasOneBehindItsEqualsSign() {
        assertThat(roots.word("S:\\my show\\a b.blend", "linux")).isEqualTo("/mnt/shows/my show/a b.blend");
        assertThat(roots.word("--out=S:\\my show\\f_####", "linux")).isEqualTo("--out=/mnt/shows/my show/f_####");
        assertThat(roots.word("S:\\a;S:\\b", "linux")).isEqualTo("/mnt/shows/a:/mnt/shows/b");
        assertThat(roots.word("/usr/bin:/mnt/shows/bin", "macos")).isEqualTo("/usr/bin:/Volumes/shows/bin");
        assertThat(roots.word("/mnt/shows/a:/mnt/shows/b", "windows")).isEqualTo("S:\\a;S:\\b");
        assertThat(roots.word("PRESS:1", "linux")).isEqualTo("PRESS:1");
        assertThat(roots.word("/mnt/shows/a", "windows")).isEqualTo("S:\\a");
    }

    @Test
    void inATextEveryPathIsFoundUpToABlankOrAQuote() {
        assertThat(roots.text("open(\"S:\\\\boat\\\\a.exr\") # S:/x, not TOSS:/x nor S:x nor s: 5", "linux"))
                .isEqualTo("open(\"/mnt/shows/boat/a.exr\") # /mnt/shows/x, not TOSS:/x nor S:x nor s: 5");
        assertThat(roots.text("cp /mnt/shows/a/b '/mnt/shows' /mnt/shows2", "windows"))
                .isEqualTo("cp S:\\a\\b 'S:\\' /mnt/shows2");
        assertThat(roots.text("nothing here", "macos")).isEqualTo("nothing here");
        assertThat(PathRoots.NONE.text("S:\\a", "linux")).isEqualTo("S:\\a");
    }
}
