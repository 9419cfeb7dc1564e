package aque.desktop.dock;

import static aque.desktop.dock.DockNode.below;
import static aque.desktop.dock.DockNode.beside;
import static aque.desktop.dock.DockNode.place;

import aque.desktop.theme.Texts;
import java.util.Locale;

/// A way to stand before the farm. What a person makes of it is kept for each by itself.
public enum Perspective {
    /// One's own jobs and what they write.
    ARTIST(beside(
            0,
            place(0, "jobs"),
            below(
                    440,
                    place(320, "task"),
                    place(
                            0,
                            "log",
                            "graph",
                            "outputs",
                            "errors",
                            "triage",
                            "library",
                            "workers",
                            "load",
                            "activity",
                            "log2")))),
    /// All jobs, all workers, the graph.
    WRANGLER(beside(
            0,
            below(0, place(0, "jobs"), place(300, "graph", "errors", "triage", "workers", "load", "activity")),
            below(392, place(440, "task"), place(0, "log", "outputs", "library", "log2")))),
    /// Two logs side by side, the task and its curves.
    DEBUG(beside(
            0,
            below(
                    0,
                    place(
                            240,
                            "jobs",
                            "graph",
                            "outputs",
                            "errors",
                            "triage",
                            "library",
                            "workers",
                            "load",
                            "activity"),
                    beside(0, place(0, "log"), place(480, "log2"))),
            place(380, "task")));

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
