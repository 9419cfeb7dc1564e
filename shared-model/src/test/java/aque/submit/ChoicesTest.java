package aque.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChoicesTest {
    @TempDir
    private Path folder;

    @Test
    void aFileThatIsNoJobIsRefusedInOneLineThatSaysWhatItMayBe() throws IOException {
        var file = Files.write(folder.resolve("shot.bak"), "BLENDER-v402 and more".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> Offers.of(file))
                .isInstanceOf(SubmitException.class)
                .hasMessageContaining("no job that Aque knows")
                .hasMessageContaining("aque submit --template blender " + file)
                .hasMessageContaining("aque submit -- PROGRAM " + file)
                .extracting(Throwable::getMessage)
                .satisfies(message -> assertThat(message.lines()).hasSize(1));
    }

    @Test
    void aNameThatTheShellWouldSplitIsQuoted() throws IOException {
        var file = Files.writeString(folder.resolve("my list.odd"), "echo a\necho b\n");

        assertThat(Choices.of(file)).contains("aque xargs -I {} -a '" + file + "' -- sh -c {}");
    }
}
