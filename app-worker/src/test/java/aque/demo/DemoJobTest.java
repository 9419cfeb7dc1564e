package aque.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import aque.submit.Submission;
import aque.submit.Work;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

final class DemoJobTest {
    @TempDir
    Path folder;

    @Test
    void framesComeAfterTheSkyAndBeforeTheFilm() {
        var job = DemoJob.submission("ann", folder);
        var names = job.tasks().stream().map(task -> task.name()).toList();
        assertThat(names)
                .startsWith("Boat at dusk", "sky", "frames", "0001")
                .endsWith("0024", "movie", "contact sheet");
        assertThat(job.tasks().get(names.indexOf("frames")).upstream()).containsExactly(names.indexOf("sky"));
        assertThat(job.tasks().get(names.indexOf("movie")).upstream()).containsExactly(names.indexOf("frames"));
        assertThat(job.size()).isEqualTo(RenderMain.FRAMES + 3);
    }

    @Test
    @Tag("repeat")
    void itsCommandsRunAsTheyStandAndTellHowFarTheyAre() throws Exception {
        var job = DemoJob.submission("ann", folder);
        assertThat(run(job, "sky")).contains("openjd_progress: 100");
        assertThat(run(job, "0001")).contains("Frame 0001", "openjd_progress: 100");
        assertThat(ImageIO.read(folder.resolve("frame.0001.png").toFile()).getWidth())
                .isEqualTo(Scene.WIDTH);
        assertThat(run(job, "movie")).contains("frame.0002.png is missing");
    }

    @Test
    void theFilmHoldsAllFramesAtTheirPaceAndRunsForEver() throws IOException {
        var frames = new ArrayList<BufferedImage>();
        for (var colour : List.of(Color.RED, Color.GREEN, Color.BLUE)) {
            frames.add(plain(colour));
        }
        var file = folder.resolve("film.gif");
        Gif.write(frames, Palette.of(frames), file, percent -> {});

        var reader = ImageIO.getImageReadersByFormatName("gif").next();
        try (var in = ImageIO.createImageInputStream(file.toFile())) {
            reader.setInput(in);
            assertThat(reader.getNumImages(true)).isEqualTo(3);
            assertThat(new Color(reader.read(1).getRGB(8, 8)).getGreen()).isCloseTo(255, within(12));
            var tree = reader.getImageMetadata(1).getAsTree("javax_imageio_gif_image_1.0");
            assertThat(attribute(tree, "GraphicControlExtension", "delayTime")).isEqualTo("8");
            assertThat(attribute(tree, "ApplicationExtension", "applicationID")).isEqualTo("NETSCAPE");
        }
    }

    @Test
    void theSeaEndsAsItBegan() {
        assertThat(new Sea(2 * Math.PI).height(3, 14)).isCloseTo(new Sea(0).height(3, 14), within(1e-9));
    }

    private static String attribute(Node tree, String element, String name) {
        var found = ((Element) tree).getElementsByTagName(element).item(0);
        return found.getAttributes().getNamedItem(name).getNodeValue();
    }

    private static BufferedImage plain(Color colour) {
        var image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
        var pen = image.createGraphics();
        pen.setColor(colour);
        pen.fillRect(0, 0, 16, 16);
        pen.dispose();
        return image;
    }

    private static String run(Submission job, String name) throws IOException {
        var task = job.tasks().stream()
                .filter(t -> t.name().equals(name))
                .findFirst()
                .orElseThrow();
        if (!(task.work() instanceof Work.Command(List<String> argv))) {
            throw new AssertionError(name + " has no command");
        }
        var process = new ProcessBuilder(argv).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
