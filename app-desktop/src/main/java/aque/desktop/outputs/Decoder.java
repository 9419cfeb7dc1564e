package aque.desktop.outputs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Small pictures of what this program cannot read itself, made by a program of this machine that can, where there is
/// one: EXR, DPX, TIFF, the first frame of a movie. For threads that may wait.
final class Decoder {
    private static final int PATIENCE_SECONDS = 20;

    private Decoder() {}

    /// A PNG of at most this width; empty when no program here can.
    static Optional<byte[]> png(Path file, int width) throws InterruptedException {
        for (var call : calls(file.toString(), width)) {
            var made = run(call);
            if (made.isPresent()) {
                return made;
            }
        }
        return Optional.empty();
    }

    private static List<List<String>> calls(String file, int width) {
        var ffmpeg = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-nostdin"));
        if (file.toLowerCase(Locale.ROOT).endsWith(".exr")) {
            // Its values are linear light; as they are they look far too dark.
            ffmpeg.addAll(List.of("-apply_trc", "iec61966_2_1"));
        }
        ffmpeg.addAll(List.of("-i", file, "-frames:v", "1", "-vf", "scale=" + width + ":-2"));
        ffmpeg.addAll(List.of("-f", "image2pipe", "-c:v", "png", "-"));
        var size = width + "x" + width;
        return List.of(
                ffmpeg,
                List.of("magick", file + "[0]", "-thumbnail", size, "png:-"),
                List.of("convert", file + "[0]", "-thumbnail", size, "png:-"));
    }

    private static Optional<byte[]> run(List<String> call) throws InterruptedException {
        try {
            var process = new ProcessBuilder(call)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            var killer = Thread.ofVirtual().name("aque-decoder").start(() -> {
                try {
                    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                        process.destroyForcibly();
                    }
                } catch (InterruptedException e) {
                    process.destroyForcibly();
                }
            });
            var bytes = process.getInputStream().readAllBytes();
            killer.join();
            return process.waitFor() == 0 && bytes.length > 0 ? Optional.of(bytes) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // it is not installed here
        }
    }
}
