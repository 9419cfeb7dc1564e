package aque.desktop.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    @TempDir
    private Path folder;

    record Window(double width, List<String> names) {}

    @Test
    void whatWasPutIsFoundAgainByTheNextConsole() {
        try (var first = Settings.open(file())) {
            first.put("window", new Window(800, List.of("a", "b")));
        }

        try (var next = Settings.open(file())) {
            assertThat(next.get("window", Window.class)).contains(new Window(800, List.of("a", "b")));
            assertThat(next.get("other", Window.class)).isEmpty();
        }
    }

    @Test
    void itIsWrittenSoonWithoutAnEnd() {
        try (var first = Settings.open(file())) {
            first.put("window", new Window(1, List.of()));
            Awaitility.await().until(() -> Files.exists(file()));
            try (var next = Settings.open(file())) {
                assertThat(next.get("window", Window.class)).isPresent();
            }
        }
    }

    @Test
    void sectionsThatAnotherConsoleWroteStay() {
        try (var one = Settings.open(file());
                var other = Settings.open(file())) {
            one.put("one", new Window(1, List.of()));
            one.close();
            other.put("other", new Window(2, List.of()));
        }

        try (var next = Settings.open(file())) {
            assertThat(next.get("one", Window.class)).isPresent();
            assertThat(next.get("other", Window.class)).isPresent();
        }
    }

    @Test
    void aBrokenFileIsKeptAsideAndAnotherShapeIsNoSection() throws IOException {
        Files.writeString(file(), "{ \"window\": ");
        try (var settings = Settings.open(file())) {
            assertThat(settings.get("window", Window.class)).isEmpty();
            settings.put("window", List.of("not", "a", "window"));
        }

        assertThat(folder.resolve("console.json.broken")).hasContent("{ \"window\": ");
        try (var settings = Settings.open(file())) {
            assertThat(settings.get("window", Window.class)).isEmpty();
        }
        try (var files = Files.list(folder)) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .containsExactlyInAnyOrder("console.json", "console.json.broken");
        }
    }

    private Path file() {
        return folder.resolve("console.json");
    }
}
