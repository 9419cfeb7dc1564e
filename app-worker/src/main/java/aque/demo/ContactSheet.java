package aque.demo;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;

/// All frames of the film on one picture, six in a row.
final class ContactSheet {
    private static final int COLUMNS = 6;
    private static final int WIDTH = 240;
    private static final int HEIGHT = 135;
    private static final int GAP = 12;
    private static final int LABEL = 18;

    private ContactSheet() {}

    static BufferedImage of(List<BufferedImage> frames) {
        int rows = (frames.size() + COLUMNS - 1) / COLUMNS;
        var sheet = new BufferedImage(
                COLUMNS * (WIDTH + GAP) + GAP, rows * (HEIGHT + LABEL + GAP) + GAP, BufferedImage.TYPE_INT_RGB);
        var pen = sheet.createGraphics();
        pen.setColor(new Color(0x0D1117));
        pen.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        pen.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        for (int i = 0; i < frames.size(); i++) {
            place(pen, frames.get(i), i);
        }
        pen.dispose();
        return sheet;
    }

    private static void place(Graphics2D pen, BufferedImage frame, int index) {
        int x = GAP + index % COLUMNS * (WIDTH + GAP);
        int y = GAP + index / COLUMNS * (HEIGHT + LABEL + GAP);
        pen.drawImage(frame, x, y, WIDTH, HEIGHT, null);
        pen.setColor(new Color(0x8B9DB5));
        pen.setFont(new Font(Font.MONOSPACED, Font.PLAIN, 11));
        pen.drawString("%04d".formatted(index + 1), x, y + HEIGHT + 14);
    }
}
