package aque.farm;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Frames a second: 24, 23.976, or as 24000/1001. Pure.
public record FrameRate(double perSecond) {
    public static final FrameRate USUAL = new FrameRate(24);

    private static final Pattern TEXT = Pattern.compile("(\\d{1,6}(?:\\.\\d{1,6})?)(?:/(\\d{1,6}))?");
    private static final double MOST = 1000;

    /// Empty when it is none.
    public static Optional<FrameRate> of(String text) {
        var match = TEXT.matcher(text.strip());
        if (!match.matches()) {
            return Optional.empty();
        }
        var rate = Double.parseDouble(match.group(1))
                / Optional.ofNullable(match.group(2)).map(Double::parseDouble).orElse(1.0);
        return rate >= 1 && rate <= MOST ? Optional.of(new FrameRate(rate)) : Optional.empty();
    }

    /// `00:00:41:17`: hours, minutes, seconds and frames; no frame is dropped, so 23.976 counts as 24.
    public String timecode(long frame) {
        var whole = Math.max(1, Math.round(perSecond));
        var n = Math.abs(frame);
        var seconds = n / whole;
        return (frame < 0 ? "-" : "")
                + String.format(
                        Locale.ROOT, "%02d:%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60, n % whole);
    }

    /// How long so many frames last.
    public double seconds(long frames) {
        return frames / perSecond;
    }
}
