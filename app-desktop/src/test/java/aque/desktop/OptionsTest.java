package aque.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aque.desktop.theme.Theme;
import aque.task.TaskId;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OptionsTest {

    @Test
    void aPictureIsAskedForInOneLine() {
        var options = Options.parse(
                "desktop",
                "--broker",
                "postgresql://ann@db:5433/farm",
                "--picture",
                "out.png",
                "--after",
                "3",
                "--select",
                "12",
                "--theme",
                "light",
                "--size",
                "1200x800");

        assertThat(options.broker().orElseThrow().database()).isEqualTo("farm");
        assertThat(options.picture()).contains(Path.of("out.png"));
        assertThat(options.after()).isEqualTo(Duration.ofSeconds(3));
        assertThat(options.select()).contains(new TaskId(12));
        assertThat(options.theme()).contains(Theme.Mode.LIGHT);
        assertThat(options.width()).isEqualTo(1200);
        assertThat(options.height()).isEqualTo(800);
    }

    @Test
    void withoutAThemeAndASizeTheyAreAsTheyWereLeft() {
        assertThat(Options.parse("--broker", "").theme()).isEmpty();
        assertThat(Options.parse("--broker", "").width()).isZero();
    }

    @Test
    void whatIsNotUnderstoodIsSaid() {
        assertThatThrownBy(() -> Options.parse("--frob")).hasMessageContaining("--frob");
        assertThatThrownBy(() -> Options.parse("--size", "big")).hasMessageContaining("big");
        assertThatThrownBy(() -> Options.parse("--picture")).hasMessageContaining("--picture");
        assertThatThrownBy(() -> Options.parse("--select", "x")).hasMessageContaining("x");
    }
}
