package aque.demo;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import javax.imageio.ImageIO;

/// What the tasks of the demo run: `RenderMain bake|frame N|movie|sheet FOLDER`. Says what it does on stdout, and how
/// far it is in lines `openjd_progress: N`. Exit code 2 when the call is wrong, 1 when a file is missing.
public final class RenderMain {
    /// How many frames the film has.
    public static final int FRAMES = 24;

    /// The film, in the job's folder.
    public static final String MOVIE = "boat.gif";

    private static final String CLOUDS = "clouds.png";
    private static final String SHEET = "contact-sheet.png";

    private RenderMain() {}

    public static void main(String[] arguments) throws IOException {
        System.setProperty("java.awt.headless", "true");
        ImageIO.setUseCache(false);
        var start = Instant.now();
        switch (List.of(arguments)) {
            case List<String> a when a.size() == 2 && a.getFirst().equals("bake") -> bake(Path.of(a.get(1)));
            case List<String> a
            when a.size() == 3 && a.getFirst().equals("frame") -> frame(Integer.parseInt(a.get(1)), Path.of(a.get(2)));
            case List<String> a when a.size() == 2 && a.getFirst().equals("movie") -> movie(Path.of(a.get(1)));
            case List<String> a when a.size() == 2 && a.getFirst().equals("sheet") -> sheet(Path.of(a.get(1)));
            default -> {
                System.err.println("RenderMain bake|frame N|movie|sheet FOLDER");
                System.exit(2);
            }
        }
        var took = Duration.between(start, Instant.now());
        System.out.printf("Done in %d.%02d s%n", took.toSeconds(), took.toMillisPart() / 10);
    }

    private static void bake(Path folder) throws IOException {
        System.out.println("Baking the sky, " + Clouds.SIZE + "×" + Clouds.SIZE + ", 7 octaves");
        save(Clouds.bake(told("Baked")), folder.resolve(CLOUDS));
    }

    private static void frame(int number, Path folder) throws IOException {
        System.out.printf("Frame %04d of %d, %d×%d, 9 samples%n", number, FRAMES, Scene.WIDTH, Scene.HEIGHT);
        var clouds = Clouds.of(read(folder.resolve(CLOUDS)));
        System.out.println("Read " + CLOUDS);
        var image = new Scene(clouds, (number - 1.0) / FRAMES).render(told("Rendered"));
        save(image, folder.resolve(name(number)));
    }

    private static void movie(Path folder) throws IOException {
        var frames = frames(folder);
        System.out.println("Choosing 256 colours out of " + frames.size() + " frames");
        var file = folder.resolve(MOVIE);
        Gif.write(frames, Palette.of(frames), file, told("Encoded"));
        System.out.println("Wrote " + file + ", " + Files.size(file) / 1024 + " KiB");
    }

    private static void sheet(Path folder) throws IOException {
        save(ContactSheet.of(frames(folder)), folder.resolve(SHEET));
        System.out.println("openjd_progress: 100");
    }

    private static List<BufferedImage> frames(Path folder) throws IOException {
        var frames = new ArrayList<BufferedImage>();
        for (int i = 1; i <= FRAMES; i++) {
            frames.add(read(folder.resolve(name(i))));
        }
        System.out.println("Read " + frames.size() + " frames");
        return frames;
    }

    private static String name(int number) {
        return "frame.%04d.png".formatted(number);
    }

    private static BufferedImage read(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new IOException(file + " is missing: has the task that makes it ended?");
        }
        return ImageIO.read(file.toFile());
    }

    /// Whole or not at all: the next task may look at any time.
    private static void save(BufferedImage image, Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        var partial = file.resolveSibling(file.getFileName() + ".part");
        ImageIO.write(image, "png", partial.toFile());
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
        System.out.println("Wrote " + file);
    }

    private static IntConsumer told(String done) {
        return percent -> System.out.println("openjd_progress: " + percent + "\n" + done + " " + percent + " %");
    }
}
