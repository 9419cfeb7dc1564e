package aque.submit;

import aque.openjd.Frames;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The tokens that stand for frames in the words of a command: our own `{start}`, `{end}`, `{frame}` (the same as
/// start), `{frames}` (all of them, `1-9:2`) and `####`, the first frame filled with zeros; and those of other farms.
/// Pure.
public final class FrameTokens {
    private static final Pattern HASHES = Pattern.compile("#{2,}");
    /// Of Afanasy: `@#@`, `@####@`.
    private static final Pattern AT = Pattern.compile("@(#+)@");

    private FrameTokens() {}

    public static String fill(String word, Frames frames) {
        var start = "" + frames.first();
        var tokens = cue(afanasy(word.replace("{{Task.Param.Frame}}", start), frames.first(), frames.last()), frames)
                .replace("{start}", start)
                .replace("{frame}", start)
                .replace("{end}", "" + frames.last())
                .replace("{frames}", frames.toString());
        return HASHES.matcher(tokens)
                .replaceAll(m -> padded(frames.first(), m.group().length()));
    }

    /// OpenCue's.
    static String cue(String text, Frames frames) {
        return text.replace("#ZFRAME#", padded(frames.first(), 4))
                .replace("#IFRAME#", "" + frames.first())
                .replace("#FRAME_START#", "" + frames.first())
                .replace("#FRAME_END#", "" + frames.last())
                .replace("#FRAME_CHUNK#", "" + frames.numbers().size())
                .replace("#FRAMESPEC#", frames.toString());
    }

    /// Afanasy's: the first is the task's first frame, the next its last, the next its first again.
    static String afanasy(String text, long start, long end) {
        var out = new StringBuilder();
        var number = start;
        var match = AT.matcher(text);
        while (match.find()) {
            match.appendReplacement(
                    out, Matcher.quoteReplacement(padded(number, match.group(1).length())));
            number = number == start ? end : start;
        }
        return match.appendTail(out).toString();
    }

    private static String padded(long number, int width) {
        return String.format("%0" + width + "d", number);
    }
}
