package aque.desktop.dock;

import java.util.List;
import java.util.stream.Stream;

/// A place for panels, or several places side by side. A plain value: what the settings keep.
///
/// @param size pixels along its parent; 0 takes what is left
/// @param vertical are its parts below each other?
/// @param parts empty for a place that holds panels
/// @param panels their ids, in the order of their tabs
/// @param selected the one that is seen
public record DockNode(double size, boolean vertical, List<DockNode> parts, List<String> panels, String selected) {
    private static final double MOST = 0.55;

    public DockNode {
        parts = List.copyOf(parts);
        panels = List.copyOf(panels);
    }

    static DockNode below(double size, DockNode... parts) {
        return new DockNode(size, true, List.of(parts), List.of(), "");
    }

    static DockNode beside(double size, DockNode... parts) {
        return new DockNode(size, false, List.of(parts), List.of(), "");
    }

    static DockNode place(double size, String... panels) {
        return new DockNode(size, false, List.of(), List.of(panels), panels[0]);
    }

    /// One place for all of these, of which one is seen.
    public static DockNode only(List<String> panels, String seen) {
        return new DockNode(0, false, List.of(), panels, seen);
    }

    /// The same for a window of this height: places with pixels of their own leave almost half of it to the others.
    public DockNode within(double height) {
        double fixed = vertical ? parts.stream().mapToDouble(DockNode::size).sum() : 0;
        double scale = Math.min(1, height * MOST / Math.max(1, fixed));
        return new DockNode(
                size,
                vertical,
                parts.stream()
                        .map(part -> part.sized(vertical ? Math.rint(part.size * scale) : part.size))
                        .map(part -> part.within(height))
                        .toList(),
                panels,
                selected);
    }

    private DockNode sized(double pixels) {
        return new DockNode(pixels, vertical, parts, panels, selected);
    }

    /// All panels in it.
    Stream<String> all() {
        return Stream.concat(panels.stream(), parts.stream().flatMap(DockNode::all));
    }

    /// The same without panels that there are no more, and without the places that this leaves empty; panels that it
    /// does not know come to the last of its places.
    DockNode with(List<String> there) {
        var known = keep(there);
        var news = there.stream().filter(id -> all().noneMatch(id::equals)).toList();
        return news.isEmpty() ? known : known.add(news);
    }

    private DockNode keep(List<String> there) {
        var kept = parts.stream()
                .map(part -> part.keep(there))
                .filter(part -> part.all().findAny().isPresent())
                .toList();
        return new DockNode(
                size, vertical, kept, panels.stream().filter(there::contains).toList(), selected);
    }

    private DockNode add(List<String> news) {
        if (parts.isEmpty()) {
            return new DockNode(
                    size,
                    vertical,
                    parts,
                    Stream.concat(panels.stream(), news.stream()).toList(),
                    selected);
        }
        // Beside the graph and the workers in the usual perspectives: the largest heap of tabs.
        var widest = parts.stream()
                .max(java.util.Comparator.comparingLong(part -> part.most()))
                .orElseThrow();
        return new DockNode(
                size,
                vertical,
                parts.stream()
                        .map(part -> part == widest ? part.add(news) : part)
                        .toList(),
                panels,
                selected);
    }

    private long most() {
        return parts.isEmpty()
                ? panels.size()
                : parts.stream().mapToLong(DockNode::most).max().orElse(0);
    }
}
