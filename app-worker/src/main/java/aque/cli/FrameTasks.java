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
import java.util.Optional;
import java.util.regex.Pattern;

/// `aque submit --range 1-100x2 --chunk 10 -- CMD`: one task for each chunk of frames (A83). In the command's words
/// stand the tokens of [FrameTokens]. A task finds the same in its environment, or a process that does many asks for
/// them.
///
/// @param warm how many of them a process does; empty when each task has its own
record FrameTasks(String range, int chunk, Optional<Integer> warm) {
    private static final Pattern TOKEN = Pattern.compile("\\{(start|end|frames?)}");

    /// @param parent place of their group
    List<NewTask> of(List<String> argv, int parent, Needs needs, TaskOptions options) {
        Frames all;
        try {
            all = Frames.parse(range);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--range: " + e.getMessage());
        }
        var out = new ArrayList<NewTask>();
        for (var frames : all.chunks(chunk)) {
            out.add(new NewTask(
                    frames.toString(),
                    new Work.Command(words(argv, frames)),
                    parent,
                    List.of(),
                    needs,
                    0,
                    options(options, frames)));
        }
        return out;
    }

    private List<String> words(List<String> argv, Frames frames) {
        if (warm.isEmpty()) {
            return argv.stream().map(w -> FrameTokens.fill(w, frames)).toList();
        }
        argv.stream().filter(w -> TOKEN.matcher(w).find()).findFirst().ifPresent(w -> {
            throw new UsageException("a process that does many frames has none in its words, it asks for each: " + w);
        });
        return argv;
    }

    private TaskOptions options(TaskOptions given, Frames frames) {
        var env = new HashMap<>(given.env());
        env.put(TaskFrames.VARIABLE, frames.toString());
        env.put("AQUE_FRAME_START", "" + frames.first());
        env.put("AQUE_FRAME_END", "" + frames.last());
        var options = given.withEnv(env);
        return warm.map(most -> options.withItem(most, frames.toString())).orElse(options);
    }
}
