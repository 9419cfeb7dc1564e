package aque.desktop.layout;

import aque.task.TaskId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Places the boxes of a folded job in layers from left to right, a crowded layer in several columns, and what nothing
/// connects in a block below. Boxes that were there before keep their places as far as there is room. Pure, and quick
/// enough for 10,000 boxes; off the FX thread all the same.
///
/// @param bends where the line of each link passes between its boxes, in the order of the links
public record GraphLayout(List<Spot> spots, List<List<Point>> bends, double width, double height) {
    private static final double BOX_HEIGHT = 56;
    private static final double NARROW = 132;
    private static final double WIDE = 200;
    private static final double BETWEEN_LAYERS = 48;
    private static final double MARGIN = 4;
    /// A block of boxes that nothing connects is so much wider than high.
    private static final double ASPECT = 2.6;
    static final double BETWEEN_ROWS = 12;

    /// Where a box stands.
    public record Spot(double x, double y, double width, double height) {
        public boolean contains(double px, double py) {
            return px >= x && px <= x + width && py >= y && py <= y + height;
        }

        public double middleX() {
            return x + width / 2;
        }

        public double middleY() {
            return y + height / 2;
        }
    }

    /// A place that a line passes.
    public record Point(double x, double y) {}

    public GraphLayout {
        spots = List.copyOf(spots);
        bends = List.copyOf(bends);
    }

    /// A graph that was not shown before.
    public static GraphLayout of(Folded folded) {
        return of(folded, Map.of());
    }

    /// A graph of which these boxes, by their groups, were at these places.
    public static GraphLayout of(Folded folded, Map<TaskId, Spot> former) {
        return new Placing(folded, former).place();
    }

    /// The places by the groups of the boxes, for the next layout of the same job.
    public static Map<TaskId, Spot> places(Folded folded, GraphLayout layout) {
        var places = new HashMap<TaskId, Spot>();
        for (int i = 0; i < folded.boxes().size(); i++) {
            places.put(folded.boxes().get(i).group(), layout.spots().get(i));
        }
        return places;
    }

    /// Wider for more tasks and longer names, within what reads well.
    private static double width(Folded.Box box) {
        double forName = 64 + 7.2 * box.title().length();
        double forTasks = box.tasks().size() > 24 ? WIDE : NARROW;
        return Math.clamp(Math.max(forName, forTasks), NARROW, WIDE);
    }

    /// One layout in the making. Index arrays, for there may be 10,000 boxes.
    private static final class Placing {
        private final Folded folded;
        private final Map<TaskId, Spot> former;
        private final Layers layers;
        private final double[] x;
        private final double[] y;

        Placing(Folded folded, Map<TaskId, Spot> former) {
            this.folded = folded;
            this.former = former;
            this.layers = Layers.of(folded, this::formerMiddle);
            this.x = new double[layers.nodes()];
            this.y = layers.middles(this::formerMiddle, this::height);
        }

        GraphLayout place() {
            double right = columns();
            double down = MARGIN - top();
            for (int i = 0; i < y.length; i++) {
                y[i] += former.isEmpty() ? down : Math.max(0, down);
            }
            loose(right);
            return result();
        }

        private double formerMiddle(int node) {
            if (node >= folded.boxes().size()) {
                return Double.NaN;
            }
            var spot = former.get(folded.boxes().get(node).group());
            return spot == null ? Double.NaN : spot.middleY();
        }

        private double height(int node) {
            return node < folded.boxes().size() ? BOX_HEIGHT : 2;
        }

        private double width(int node) {
            return node < folded.boxes().size()
                    ? GraphLayout.width(folded.boxes().get(node))
                    : 0;
        }

        /// Layer by layer to the right; a crowded one takes several columns.
        private double columns() {
            double left = MARGIN;
            for (var layer : layers.layers()) {
                int rows = layers.rows(layer);
                for (int from = 0; from < layer.length; from += rows) {
                    double widest = 0;
                    for (int i = from; i < Math.min(layer.length, from + rows); i++) {
                        x[layer[i]] = left;
                        widest = Math.max(widest, width(layer[i]));
                    }
                    left += widest + (from + rows < layer.length ? BETWEEN_ROWS : BETWEEN_LAYERS);
                }
            }
            return layers.layers().isEmpty() ? MARGIN : left - BETWEEN_LAYERS;
        }

        private double top() {
            return layers.layers().stream()
                    .flatMapToInt(Arrays::stream)
                    .mapToDouble(i -> y[i] - height(i) / 2)
                    .min()
                    .orElse(0);
        }

        /// What nothing connects stands in a block of its own below the rest.
        private void loose(double right) {
            var loose = layers.loose();
            if (loose.length == 0) {
                return;
            }
            double bottom = layers.layers().stream()
                    .flatMapToInt(Arrays::stream)
                    .mapToDouble(i -> y[i] + height(i) / 2 + 2 * BETWEEN_ROWS)
                    .max()
                    .orElse(MARGIN);
            double widest = Arrays.stream(loose).mapToDouble(this::width).max().orElse(WIDE) + BETWEEN_ROWS;
            double pitch = BOX_HEIGHT + BETWEEN_ROWS;
            int columns = (int)
                    Math.max((right - MARGIN) / widest, Math.ceil(Math.sqrt(loose.length * ASPECT * pitch / widest)));
            for (int i = 0; i < loose.length; i++) {
                x[loose[i]] = MARGIN + i % Math.max(1, columns) * widest;
                y[loose[i]] = bottom + i / Math.max(1, columns) * pitch + BOX_HEIGHT / 2;
            }
        }

        private GraphLayout result() {
            var spots = new ArrayList<Spot>();
            double right = 0;
            double bottom = 0;
            for (int i = 0; i < folded.boxes().size(); i++) {
                spots.add(new Spot(x[i], y[i] - BOX_HEIGHT / 2, width(i), BOX_HEIGHT));
                right = Math.max(right, x[i] + width(i));
                bottom = Math.max(bottom, y[i] + BOX_HEIGHT / 2);
            }
            var bends = new ArrayList<List<Point>>();
            for (int link = 0; link < folded.links().size(); link++) {
                bends.add(Arrays.stream(layers.between(link))
                        .mapToObj(i -> new Point(x[i], y[i]))
                        .toList());
            }
            return new GraphLayout(spots, bends, right + MARGIN, bottom + MARGIN);
        }
    }
}
