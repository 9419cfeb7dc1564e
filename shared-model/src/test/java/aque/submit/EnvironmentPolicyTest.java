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

final class EnvironmentPolicyTest {
    private static final Map<String, String> CALLER = Map.of(
            "PATH",
            "/bin",
            "HOME",
            "/h",
            "LD_LIBRARY_PATH",
            "/l",
            "QT_STYLE",
            "q",
            "SHOW",
            "pipe",
            "MAYA_X",
            "m",
            "API_TOKEN",
            "geheim",
            "TMPDIR",
            "/t");

    @TempDir
    private Path folder;

    @Test
    void aCommandTakesAllButAListAndATemplateNothingButAList() {
        var policy = EnvironmentPolicy.of(new Layers(List.of()));
        assertThat(policy.forCommands(CALLER)).containsOnlyKeys("PATH", "SHOW", "MAYA_X");
        assertThat(policy.forTemplates(CALLER)).containsOnlyKeys("SHOW");
    }

    @Test
    void theNearestLayerHasTheLastWordAndSecretsStayAnyway() throws IOException {
        var site = Files.createDirectory(folder.resolve("site"));
        var user = Files.createDirectory(folder.resolve("user"));
        Files.writeString(site.resolve("environment"), "# here\ndeny MAYA_*\nallow API_TOKEN HOME\n\n");
        Files.writeString(user.resolve("environment"), "allow MAYA_X\ndeny SHOW\n");
        var policy = EnvironmentPolicy.of(new Layers(List.of(site, user)));
        assertThat(policy.forCommands(CALLER)).containsOnlyKeys("PATH", "HOME", "MAYA_X");
        assertThat(policy.forTemplates(CALLER)).containsOnlyKeys("HOME", "MAYA_X");
        Files.writeString(user.resolve("environment"), "forbid X\n");
        assertThatThrownBy(() -> EnvironmentPolicy.of(new Layers(List.of(user))))
                .hasMessageContaining("forbid X");
    }

    @Test
    void theLayersAreSiteShowQueueUser() {
        var layers = Layers.of(Map.of("AQUE_SITE", "/s", "AQUE_SHOW", "/p", "AQUE_QUEUE", "/q", "HOME", "/h"));
        assertThat(layers.folders("templates").stream().map(Path::toString))
                .containsExactly("/s/templates", "/p/templates", "/q/templates", "/h/.config/aque/templates");
        assertThat(Layers.of(Map.of("HOME", "/h", "AQUE_HOME", "/a")).folders("x").stream()
                        .map(Path::toString))
                .containsExactly("/etc/aque/x", "/a/config/x");
    }
}
