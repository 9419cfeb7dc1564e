package aque.desktop.outputs;

import aque.desktop.theme.Tone;
import aque.farm.FrameRate;
import aque.farm.JobOutputs;
import aque.farm.JobOutputs.Entry;
import aque.farm.Roll;
import aque.task.TaskId;
import aque.task.TaskView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The frames of one step in their order, each with what became of it. Pure.
record FrameCells(String step, Roll roll, FrameRate rate, List<Cell> cells) {

    /// One frame.
    ///
    /// @param file the worst of those that are expected of it; empty when nothing is said of its files
    record Cell(long number, TaskId task, Tone tone, Optional<Entry> file) {}

    FrameCells {
        cells = List.copyOf(cells);
    }

    static FrameCells of(String step, Roll roll, FrameRate rate, JobOutputs outputs) {
        var files = files(step, outputs);
        var tasks = roll.parts().stream()
                .map(Roll.Part::task)
                .collect(Collectors.toMap(TaskView::id, Function.identity(), (a, b) -> a));
        var cells = roll.tasksByFrame().entrySet().stream()
                .map(frame -> {
                    var file = Optional.ofNullable(files.get(frame.getKey()));
                    var own = Optional.ofNullable(tasks.get(frame.getValue()))
                            .map(Tone::of)
                            .orElse(Tone.PENDING);
                    return new Cell(
                            frame.getKey(),
                            frame.getValue(),
                            file.map(f -> tone(f.state(), own)).orElse(own),
                            file);
                })
                .toList();
        return new FrameCells(step, roll, rate, cells);
    }

    private static Map<Long, Entry> files(String step, JobOutputs outputs) {
        var out = new HashMap<Long, Entry>();
        outputs.steps().stream()
                .filter(s -> s.name().equals(step))
                .flatMap(s -> s.files().stream())
                .forEach(entry -> entry.file().frame().ifPresent(frame -> out.merge(frame, entry, FrameCells::worse)));
        return out;
    }

    private static Entry worse(Entry one, Entry other) {
        return severity(one) >= severity(other) ? one : other;
    }

    private static int severity(Entry entry) {
        return switch (entry.state()) {
            case FOUND -> 0;
            case LATE -> 1;
            case OLD -> 2;
            case SHORT, MISSING -> 3;
        };
    }

    /// How a file is shown; one that is not there yet as its task is.
    static Tone tone(JobOutputs.State state, Tone task) {
        return switch (state) {
            case FOUND -> Tone.SUCCESS;
            case OLD -> Tone.CANCELLED;
            case SHORT, MISSING -> Tone.ERROR;
            case LATE -> task == Tone.SUCCESS ? Tone.WAITING : task;
        };
    }
}
