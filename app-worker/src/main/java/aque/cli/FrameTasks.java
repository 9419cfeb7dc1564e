package aque.cli;

import aque.openjd.Frames;
import aque.schedule.Needs;
import aque.submit.NewTask;
import aque.submit.TaskFrames;
import aque.submit.TaskOptions;
import aque.submit.Work;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `aque submit --range 1-100x2 --chunk 10 -- CMD`: one task for each chunk of frames (A83). In the command's words
/// stand `{start}`, `{end}`, `{frame}` (the same as start), `{frames}` (all of them, `1-9:2`) and `####`, the first
/// frame filled with zeros; the tokens of other farms are known too. A task finds the same in its environment.
final class FrameTasks {
    private static final Pattern HASHES = Pattern.compile("#{2,}");

    private FrameTasks() {}

    /// @param parent place of their group
    static List<NewTask> of(List<String> argv, String range, int chunk, int parent, Needs needs, TaskOptions options) {
        Frames all;
        try {
            all = Frames.parse(range);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--range: " + e.getMessage());
        }
        var out = new ArrayList<NewTask>();
        for (var frames : all.chunks(chunk)) {
            var words = argv.stream().map(w -> filled(w, frames)).toList();
            out.add(new NewTask(
                    frames.toString(),
                    new Work.Command(words),
                    parent,
                    List.of(),
                    needs,
                    0,
                    options.withEnv(environment(options.env(), frames))));
        }
        return out;
    }

    private static Map<String, String> environment(Map<String, String> given, Frames frames) {
        var out = new HashMap<>(given);
        out.put(TaskFrames.VARIABLE, frames.toString());
        out.put("AQUE_FRAME_START", "" + frames.first());
        out.put("AQUE_FRAME_END", "" + frames.last());
        return out;
    }

    static String filled(String word, Frames frames) {
        var start = "" + frames.first();
        var end = "" + frames.last();
        var tokens = word.replace("{{Task.Param.Frame}}", start)
                .replace("{start}", start)
                .replace("{frame}", start)
                .replace("{end}", end)
                .replace("{frames}", frames.toString())
                .replace("#FRAME_START#", start)
                .replace("#IFRAME#", start)
                .replace("@#@", start)
                .replace("#FRAME_END#", end)
                .replace("#FRAMESPEC#", frames.toString());
        return HASHES.matcher(tokens)
                .replaceAll(m ->
                        Matcher.quoteReplacement(String.format("%0" + m.group().length() + "d", frames.first())));
    }
}
