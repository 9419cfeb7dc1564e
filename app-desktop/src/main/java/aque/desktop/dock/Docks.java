package aque.desktop.dock;

import aque.desktop.theme.Texts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import software.coley.bentofx.Bento;
import software.coley.bentofx.dockable.Dockable;
import software.coley.bentofx.layout.DockContainer;
import software.coley.bentofx.layout.container.DockContainerBranch;
import software.coley.bentofx.layout.container.DockContainerLeaf;

/// The panels of a window and where they stand. Each can be dragged to another place or out of the window. FX thread.
public final class Docks extends StackPane {
    private final Map<String, Node> panels;
    private final Map<String, Dockable> dockables = new LinkedHashMap<>();
    private Optional<DockContainerBranch> root = Optional.empty();

    /// @param panels by id; `dock.ID` is a panel's title
    public Docks(Map<String, Node> panels) {
        this.panels = new LinkedHashMap<>(panels);
    }

    /// Puts all panels like this; panels that came since go where the most are.
    public void show(DockNode wanted) {
        var layout = wanted.with(List.copyOf(panels.keySet()));
        // A panel's node has one parent only: the former docks let go of it first.
        dockables.values().forEach(dockable -> dockable.setNode(new Region()));
        dockables.clear();
        var bento = new Bento();
        var branch = bento.dockBuilding().root("root");
        root = Optional.of(branch);
        // Filled before it is seen: sizes in pixels are kept for the first layout.
        fill(bento, branch, layout);
        getChildren().setAll(branch);
    }

    /// How they stand now. Panels that float in windows of their own are left out: they come back to the window.
    public Optional<DockNode> now() {
        return root.filter(branch -> branch.getWidth() > 0).map(branch -> read(branch, 0));
    }

    /// Brings a panel to the front.
    public void select(String id) {
        Optional.ofNullable(dockables.get(id))
                .ifPresent(dockable -> dockable.inContainer(leaf -> {
                    leaf.selectDockable(dockable);
                }));
    }

    private void fill(Bento bento, DockContainerBranch branch, DockNode layout) {
        branch.setOrientation(layout.vertical() ? Orientation.VERTICAL : Orientation.HORIZONTAL);
        var parts = layout.parts().isEmpty() ? List.of(layout) : layout.parts();
        var made = new ArrayList<DockContainer>();
        for (var part : parts) {
            made.add(container(bento, part));
        }
        branch.addContainers(made.toArray(DockContainer[]::new));
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).size() > 0 && parts.size() > 1) {
                DockContainerBranch.setResizableWithParent(made.get(i).asRegion(), false);
                branch.setContainerSizePx(made.get(i), parts.get(i).size());
            }
        }
    }

    private DockContainer container(Bento bento, DockNode layout) {
        if (!layout.parts().isEmpty()) {
            var branch = bento.dockBuilding().branch();
            fill(bento, branch, layout);
            return branch;
        }
        var leaf = bento.dockBuilding().leaf();
        leaf.setPruneWhenEmpty(true);
        layout.panels().forEach(id -> leaf.addDockable(dockable(bento, id)));
        Optional.ofNullable(dockables.get(layout.selected())).ifPresent(leaf::selectDockable);
        return leaf;
    }

    private Dockable dockable(Bento bento, String id) {
        var dockable = bento.dockBuilding().dockable(id);
        dockable.setTitle(Texts.of("dock." + id));
        dockable.setTooltip(new Tooltip(Texts.of("dock." + id + ".hint")));
        dockable.setNode(panels.get(id));
        dockable.setClosable(false);
        dockables.put(id, dockable);
        return dockable;
    }

    /// The largest part takes what is left, the others keep their pixels.
    private static DockNode read(DockContainer container, double size) {
        if (container instanceof DockContainerLeaf leaf) {
            var selected = Optional.ofNullable(leaf.getSelectedDockable());
            return new DockNode(
                    size,
                    false,
                    List.of(),
                    leaf.getDockables().stream().map(Dockable::getIdentifier).toList(),
                    selected.map(Dockable::getIdentifier).orElse(""));
        }
        var branch = (DockContainerBranch) container;
        boolean vertical = branch.getOrientation() == Orientation.VERTICAL;
        var sizes = branch.getChildContainers().stream()
                .map(child -> vertical
                        ? child.asRegion().getHeight()
                        : child.asRegion().getWidth())
                .toList();
        double largest = sizes.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        var parts = new ArrayList<DockNode>();
        for (int i = 0; i < sizes.size(); i++) {
            double own = sizes.get(i);
            parts.add(read(branch.getChildContainers().get(i), own == largest ? 0 : Math.rint(own)));
        }
        return new DockNode(size, vertical, parts, List.of(), "");
    }
}
