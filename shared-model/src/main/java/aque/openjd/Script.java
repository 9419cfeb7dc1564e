package aque.openjd;

import java.util.List;

/// What a task runs, and the files that it finds beside it.
public record Script(ScriptAction onRun, List<EmbeddedFile> files) {

    public Script {
        files = List.copyOf(files);
    }
}
