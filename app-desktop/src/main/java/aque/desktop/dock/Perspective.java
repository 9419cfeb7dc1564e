package aque.desktop.dock;

import static aque.desktop.dock.DockNode.below;
import static aque.desktop.dock.DockNode.beside;
import static aque.desktop.dock.DockNode.place;

import aque.desktop.theme.Texts;
import java.util.Locale;

/// A way to stand before the farm. What a person makes of it is kept for each by itself.
public enum Perspective {
    /// One's own jobs, what they leave, and what they write.
    ARTIST(beside(
            0,
            below(
                    0,
                    place(0, "jobs"),
                    place(
                            280,
                            "graph",
                            "outputs",
                            "errors",
                            "library",
                            "triage",
                            "workers",
                            "load",
                            "limits",
                            "activity")),
            below(440, place(320, "task"), place(0, "log", "log2")))),
    /// All jobs, all workers, the graph.
    WRANGLER(beside(
            0,
            below(
                    0,
                    place(0, "jobs"),
                    place(300, "graph", "errors", "triage", "workers", "load", "limits", "activity")),
            below(392, place(440, "task"), place(0, "log", "outputs", "library", "log2")))),
    /// Two logs side by side, the task and its curves; what is of the farm above, what is of the job on the right.
    DEBUG(beside(
            0,
            below(
                    0,
                    place(240, "jobs", "triage", "workers", "load", "limits", "library", "activity"),
                    beside(0, place(0, "log"), place(480, "log2"))),
            below(380, place(0, "task"), place(280, "errors", "graph", "outputs"))));

    private final DockNode usual;

    Perspective(DockNode usual) {
        this.usual = usual;
    }

    /// How its panels stand before somebody moves them.
    public DockNode usual() {
        return usual;
    }

    /// Its name for people.
    public String word() {
        return Texts.of("perspective." + name().toLowerCase(Locale.ROOT));
    }
}
