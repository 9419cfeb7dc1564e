package aque.demo;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.IntConsumer;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;

/// A moving GIF that runs for ever.
final class Gif {
    private static final int HUNDREDTHS_A_FRAME = 8;
    private static final String FORMAT = "javax_imageio_gif_image_1.0";

    private Gif() {}

    /// `progress` is told per cent.
    static void write(List<BufferedImage> frames, Palette palette, Path file, IntConsumer progress) throws IOException {
        var partial = file.resolveSibling(file.getFileName() + ".part");
        Files.deleteIfExists(partial);
        var writer = ImageIO.getImageWritersByFormatName("gif").next();
        try (var out = ImageIO.createImageOutputStream(partial.toFile())) {
            writer.setOutput(out);
            writer.prepareWriteSequence(null);
            for (int i = 0; i < frames.size(); i++) {
                var image = palette.reduced(frames.get(i));
                writer.writeToSequence(new IIOImage(image, null, header(writer, image)), null);
                progress.accept(100 * (i + 1) / frames.size());
            }
            writer.endWriteSequence();
        } finally {
            writer.dispose();
        }
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static IIOMetadata header(ImageWriter writer, BufferedImage image) throws IOException {
        var metadata = writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(image), null);
        var root = (IIOMetadataNode) metadata.getAsTree(FORMAT);
        var control = child(root, "GraphicControlExtension");
        control.setAttribute("disposalMethod", "doNotDispose");
        control.setAttribute("userInputFlag", "FALSE");
        control.setAttribute("transparentColorFlag", "FALSE");
        control.setAttribute("delayTime", String.valueOf(HUNDREDTHS_A_FRAME));
        control.setAttribute("transparentColorIndex", "0");
        var extension = new IIOMetadataNode("ApplicationExtension");
        extension.setAttribute("applicationID", "NETSCAPE");
        extension.setAttribute("authenticationCode", "2.0");
        extension.setUserObject(new byte[] {1, 0, 0}); // again and again, without end
        child(root, "ApplicationExtensions").appendChild(extension);
        metadata.setFromTree(FORMAT, root);
        return metadata;
    }

    private static IIOMetadataNode child(IIOMetadataNode root, String name) {
        var found = root.getElementsByTagName(name);
        if (found.getLength() > 0) {
            return (IIOMetadataNode) found.item(0);
        }
        var made = new IIOMetadataNode(name);
        root.appendChild(made);
        return made;
    }
}
