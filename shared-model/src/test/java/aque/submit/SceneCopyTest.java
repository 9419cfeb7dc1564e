package aque.submit;

import static org.assertj.core.api.Assertions.assertThat;

import aque.openjd.JobDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SceneCopyTest {
    @TempDir
    private Path folder;

    private Offer.Values values() {
        return Offer.Values.of(Map.of(), folder, "me");
    }

    @Test
    void theJobReadsAHiddenCopyBesideTheScene() throws IOException {
        var scene = Files.writeString(folder.resolve("shot.nk"), "Root {\n}\n");
        var offer = Offers.of(scene);
        var copy = SceneCopy.of(offer, values()).orElseThrow();
        var file = copy.file().orElseThrow();
        assertThat(file.getParent()).isEqualTo(folder);
        assertThat(file.getFileName().toString()).matches("\\.shot\\.aque-\\d{8}T\\d{6}-[0-9a-f]{6}\\.nk");
        assertThat(file).hasSameTextualContentAs(scene);
        var document =
                JobDocument.fromJson(offer.submission(copy.values()).document().orElseThrow());
        assertThat(document.parameters()).anyMatch(p -> p.value().equals(file.toString()));
        SceneCopy.delete(file.toString());
        assertThat(file).doesNotExist();
    }

    @Test
    void nothingButACopyOfOursIsEverRemoved() throws IOException {
        var precious = Files.writeString(folder.resolve(".shot.aque.nk"), "");
        SceneCopy.delete(precious.toString());
        SceneCopy.delete(folder.toString());
        assertThat(precious).exists();
    }

    @Test
    void whatIsNoSceneOrSaysSoIsNotCopied() throws IOException {
        var movie = Files.writeString(folder.resolve("m.mov"), "x");
        assertThat(SceneCopy.of(Offers.of(movie), values())).isEmpty();
        var script = Files.writeString(folder.resolve("s.sh"), "true");
        assertThat(SceneCopy.of(Offers.of(script), values())).isEmpty();
    }

    @Test
    void whereNothingCanBeWrittenTheSceneIsWatched() throws IOException {
        var scene = Files.writeString(folder.resolve("shot.nk"), "Root {\n}\n");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-x------"));
        try {
            Assumptions.assumeFalse(Files.isWritable(folder), "root writes everywhere");
            var copy = SceneCopy.of(Offers.of(scene), values()).orElseThrow();
            assertThat(copy.file()).isEmpty();
            assertThat(copy.values().watched()).hasSize(1);
        } finally {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void aChangedFileIsTold() throws IOException {
        var scene = Files.writeString(folder.resolve("shot.nk"), "a");
        var then = new aque.openjd.Watched(
                scene.toString(), 1, Files.getLastModifiedTime(scene).toMillis());
        assertThat(SceneCopy.changed(then, scene)).isFalse();
        Files.setLastModifiedTime(scene, FileTime.from(Instant.now().plusSeconds(9)));
        assertThat(SceneCopy.changed(then, scene)).isTrue();
    }
}
