package aque.cli;

import aque.openjd.Frames;
import aque.schedule.Needs;
import aque.submit.FrameTokens;
import aque.submit.NewTask;
import aque.submit.TaskFrames;
import aque.submit.TaskOptions;
import aque.submit.Work;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// `aque submit --range 1-100x2 --chunk 10 -- CMD`: one task for each chunk of frames (A83). In the command's words
/// stand the tokens of [FrameTokens]. A task finds the same in its environment.
final class FrameTasks {
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
            var words = argv.stream().map(w -> FrameTokens.fill(w, frames)).toList();
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
}
