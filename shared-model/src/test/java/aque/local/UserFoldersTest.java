package aque.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class UserFoldersTest {
    @Test
    void homeComesFromTheEnvironmentAndNotFromThePasswordFile() {
        assertThat(UserFolders.of(Map.of("HOME", "/h")))
                .isEqualTo(new UserFolders(Path.of("/h/.local/share/aque"), Path.of("/h/.cache/aque")));
    }

    @Test
    void xdgComesBeforeHomeAndAqueHomeBeforeBoth() {
        var env = Map.of("HOME", "/h", "XDG_DATA_HOME", "/d", "XDG_CACHE_HOME", "/c");
        assertThat(UserFolders.of(env)).isEqualTo(new UserFolders(Path.of("/d/aque"), Path.of("/c/aque")));

        var own = Map.of("HOME", "/h", "XDG_DATA_HOME", "/d", "AQUE_HOME", "/a");
        assertThat(UserFolders.of(own)).isEqualTo(new UserFolders(Path.of("/a"), Path.of("/h/.cache/aque")));
    }

    @Test
    void settingsAreWhereTheDesktopKeepsThemUnlessAHomeOfItsOwnIsGiven() {
        assertThat(UserFolders.config(Map.of("HOME", "/h"))).isEqualTo(Path.of("/h/.config/aque"));
        assertThat(UserFolders.config(Map.of("HOME", "/h", "XDG_CONFIG_HOME", "/c")))
                .isEqualTo(Path.of("/c/aque"));
        assertThat(UserFolders.config(Map.of("HOME", "/h", "AQUE_HOME", "/a"))).isEqualTo(Path.of("/a/config"));
    }
}
