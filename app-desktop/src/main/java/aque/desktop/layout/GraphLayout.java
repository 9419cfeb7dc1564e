package aque.desktop.layout;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.eclipse.elk.alg.layered.LayeredLayoutProvider;
import org.eclipse.elk.alg.layered.options.LayeredMetaDataProvider;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.core.data.LayoutMetaDataService;
import org.eclipse.elk.core.math.ElkPadding;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.options.SizeConstraint;
import org.eclipse.elk.core.util.NullElkProgressMonitor;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.util.ElkGraphUtil;

/// Places the boxes of a folded job in layers from left to right. Boxes and links in, places out; pure, and off the FX
/// thread, for it takes its time.
public record GraphLayout(List<Spot> spots, double width, double height) {
    private static final double BOX_HEIGHT = 56;
    private static final double NARROW = 132;
    private static final double WIDE = 200;

    static {
        // ELK copies option values by types that this registers.
        LayoutMetaDataService.getInstance().registerLayoutMetaDataProviders(new LayeredMetaDataProvider());
    }

    /// Where a box stands.
    public record Spot(double x, double y, double width, double height) {
        public boolean contains(double px, double py) {
            return px >= x && px <= x + width && py >= y && py <= y + height;
        }
    }

    /// Takes at most `Fold.MOST` boxes.
    public static GraphLayout of(Folded folded) {
        var graph = ElkGraphUtil.createGraph();
        graph.setProperty(LayeredOptions.DIRECTION, Direction.RIGHT);
        graph.setProperty(LayeredOptions.EDGE_ROUTING, EdgeRouting.POLYLINE);
        graph.setProperty(LayeredOptions.SPACING_NODE_NODE, 12.0);
        graph.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, 46.0);
        graph.setProperty(LayeredOptions.SPACING_EDGE_NODE, 8.0);
        graph.setProperty(LayeredOptions.SPACING_COMPONENT_COMPONENT, 20.0);
        graph.setProperty(LayeredOptions.ASPECT_RATIO, 2.6);
        graph.setProperty(LayeredOptions.PADDING, new ElkPadding(4));
        var nodes = new ArrayList<ElkNode>();
        for (var box : folded.boxes()) {
            var node = ElkGraphUtil.createNode(graph);
            node.setDimensions(width(box), BOX_HEIGHT);
            node.setProperty(LayeredOptions.NODE_SIZE_CONSTRAINTS, EnumSet.noneOf(SizeConstraint.class));
            nodes.add(node);
        }
        for (var link : folded.links()) {
            ElkGraphUtil.createSimpleEdge(nodes.get(link.from()), nodes.get(link.to()));
        }
        new LayeredLayoutProvider().layout(graph, new NullElkProgressMonitor());
        return new GraphLayout(
                nodes.stream()
                        .map(n -> new Spot(n.getX(), n.getY(), n.getWidth(), n.getHeight()))
                        .toList(),
                graph.getWidth(),
                graph.getHeight());
    }

    /// Wider for more tasks and longer names, within what reads well.
    private static double width(Folded.Box box) {
        double forName = 64 + 7.2 * box.title().length();
        double forTasks = box.tasks().size() > 24 ? WIDE : NARROW;
        return Math.clamp(Math.max(forName, forTasks), NARROW, WIDE);
    }
}
