package aque.submit;

import aque.openjd.Frames;
import aque.openjd.TaskParameters;
import org.jspecify.annotations.Nullable;

/// Which frames a task is of: by its OpenJD parameters, or by the variable that `--range` gives its command. Pure.
public final class TaskFrames {
    /// The variable in which a command finds the frames that it is of.
    public static final String VARIABLE = "AQUE_FRAMES";

    private TaskFrames() {}

    /// Empty for a task of no frames.
    public static Frames of(NewTask task) {
        return task.work() instanceof Work.OpenJd w
                ? of(w.parameters(), null)
                : of(null, task.options().env().get(VARIABLE));
    }

    /// The same from what is stored of it.
    ///
    /// @param parameters as JSON, of an OpenJD task
    /// @param variable what [#VARIABLE] is set to
    public static Frames of(@Nullable String parameters, @Nullable String variable) {
        if (parameters != null) {
            return TaskParameters.fromJson(parameters).frames();
        }
        return variable == null ? Frames.NONE : Frames.parse(variable);
    }
}
