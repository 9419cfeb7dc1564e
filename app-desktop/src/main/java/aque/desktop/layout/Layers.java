package aque.desktop.layout;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/// The boxes of a folded job in layers: each right of all that comes before it, in an order in which few lines cross.
/// A long line has a node of its own in each layer that it passes, so that boxes leave room for it; such nodes follow
/// those of the boxes. Pure.
final class Layers {
    private static final int SWEEPS = 4;
    /// With more links than this, long lines are drawn straight: room for each would push the boxes apart.
    private static final int ROOM_FOR_LINES = 600;

    /// What a layer has in one column at the most: there it may choose the places that its lines are short with.
    private static final int COLUMN = 40;
    /// Several columns are so high at least: as wide as high, more or less, is what fits a window.
    private static final int ROWS = 20;

    private final int boxes;
    private final int[][] after;
    private final int[][] before;
    private final List<int[]> layers = new ArrayList<>();
    private final int[] loose;
    private final int[][] passed;
    private final int[] layerOf;

    private Layers(Folded folded, IntToDoubleFunction former) {
        this.boxes = folded.boxes().size();
        var links = new ArrayList<int[]>();
        folded.links().forEach(link -> links.add(new int[] {link.from(), link.to()}));
        var depth = depths(boxes, links);
        this.passed = new int[links.size()][0];
        var nodes = new ArrayList<Integer>();
        Arrays.stream(depth).forEach(nodes::add);
        var short1 = shortened(links, nodes);
        this.layerOf = nodes.stream().mapToInt(Integer::intValue).toArray();
        this.after = neighbours(layerOf.length, short1, 0, 1);
        this.before = neighbours(layerOf.length, short1, 1, 0);
        this.loose = java.util.stream.IntStream.range(0, boxes)
                .filter(i -> after[i].length == 0 && before[i].length == 0)
                .toArray();
        fill();
        order(former);
    }

    /// @param former where the middle of a box was, NaN for one that is new
    static Layers of(Folded folded, IntToDoubleFunction former) {
        return new Layers(folded, former);
    }

    /// Boxes, and behind them the nodes of long lines.
    int nodes() {
        return layerOf.length;
    }

    List<int[]> layers() {
        return layers;
    }

    /// Boxes that no link touches.
    int[] loose() {
        return loose;
    }

    /// The nodes that the line of a link passes.
    int[] between(int link) {
        return passed[link];
    }

    /// How many boxes of a layer stand below each other.
    int rows(int[] layer) {
        int most = (int) Math.max(ROWS, 1.5 * Math.sqrt(layerOf.length));
        return layer.length <= Math.max(COLUMN, most) ? Math.max(1, layer.length) : most;
    }

    /// The middle of every node of the layers: near what it is connected with, or where it was; never over another.
    double[] middles(IntToDoubleFunction former, IntToDoubleFunction height) {
        var y = new double[layerOf.length];
        layers.forEach(layer -> stack(layer, y, height));
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            boolean right = sweep % 2 == 0;
            for (int i = 0; i < layers.size(); i++) {
                var layer = layers.get(right ? i : layers.size() - 1 - i);
                if (rows(layer) == layer.length) {
                    settle(layer, y, wished(layer, y, right ? before : after), height);
                }
            }
        }
        for (var layer : layers) {
            if (rows(layer) == layer.length
                    && Arrays.stream(layer).anyMatch(i -> !Double.isNaN(former.applyAsDouble(i)))) {
                var wished = Arrays.stream(layer)
                        .mapToDouble(i -> Double.isNaN(former.applyAsDouble(i)) ? y[i] : former.applyAsDouble(i))
                        .toArray();
                settle(layer, y, wished, height);
            }
        }
        return y;
    }

    private double[] wished(int[] layer, double[] y, int[][] neighbours) {
        return Arrays.stream(layer)
                .mapToDouble(i -> Arrays.stream(neighbours[i])
                        .mapToDouble(n -> y[n])
                        .average()
                        .orElse(y[i]))
                .toArray();
    }

    private void stack(int[] layer, double[] y, IntToDoubleFunction height) {
        int rows = rows(layer);
        for (int from = 0; from < layer.length; from += rows) {
            int to = Math.min(layer.length, from + rows);
            double whole = 0;
            for (int i = from; i < to; i++) {
                whole += height.applyAsDouble(layer[i]) + GraphLayout.BETWEEN_ROWS;
            }
            double at = -whole / 2;
            for (int i = from; i < to; i++) {
                double mine = height.applyAsDouble(layer[i]) + GraphLayout.BETWEEN_ROWS;
                y[layer[i]] = at + mine / 2;
                at += mine;
            }
        }
    }

    /// As near to the wishes as the order and the heights allow: where two would overlap, they are moved as one block.
    private static void settle(int[] layer, double[] y, double[] wished, IntToDoubleFunction height) {
        int n = layer.length;
        var offset = new double[n];
        for (int i = 1; i < n; i++) {
            double apart = (height.applyAsDouble(layer[i - 1]) + height.applyAsDouble(layer[i])) / 2;
            offset[i] = offset[i - 1] + apart + GraphLayout.BETWEEN_ROWS;
        }
        var mean = new double[n];
        var size = new int[n];
        int blocks = 0;
        for (int i = 0; i < n; i++) {
            mean[blocks] = wished[i] - offset[i];
            size[blocks++] = 1;
            while (blocks > 1 && mean[blocks - 2] > mean[blocks - 1]) {
                blocks--;
                int both = size[blocks - 1] + size[blocks];
                mean[blocks - 1] = (mean[blocks - 1] * size[blocks - 1] + mean[blocks] * size[blocks]) / both;
                size[blocks - 1] = both;
            }
        }
        int at = 0;
        for (int block = 0; block < blocks; block++) {
            for (int i = 0; i < size[block]; i++, at++) {
                y[layer[at]] = mean[block] + offset[at];
            }
        }
    }

    /// How far right each box must stand. Folding may have made a circle: it is cut where it is met.
    private static int[] depths(int boxes, List<int[]> links) {
        var after = neighbours(boxes, links, 0, 1);
        var missing = new int[boxes];
        links.forEach(link -> missing[link[1]]++);
        var depth = new int[boxes];
        var done = new boolean[boxes];
        var ready = new ArrayDeque<Integer>();
        for (int i = 0; i < boxes; i++) {
            if (missing[i] == 0) {
                ready.add(i);
            }
        }
        for (int next = 0; next < boxes || !ready.isEmpty(); ) {
            if (ready.isEmpty()) {
                if (!done[next]) {
                    ready.add(next);
                }
                next++;
                continue;
            }
            int box = ready.remove();
            if (done[box]) {
                continue;
            }
            done[box] = true;
            for (int later : after[box]) {
                if (!done[later]) {
                    depth[later] = Math.max(depth[later], depth[box] + 1);
                    if (--missing[later] == 0) {
                        ready.add(later);
                    }
                }
            }
        }
        return nearFollowers(depth, after, links);
    }

    /// What nothing comes before stands just left of the first that needs it.
    private static int[] nearFollowers(int[] depth, int[][] after, List<int[]> links) {
        var has = new boolean[depth.length];
        links.forEach(link -> has[link[1]] = true);
        for (int i = 0; i < depth.length; i++) {
            if (!has[i] && after[i].length > 0) {
                depth[i] = Math.max(
                        0, Arrays.stream(after[i]).map(n -> depth[n]).min().orElse(1) - 1);
            }
        }
        return depth;
    }

    /// Cuts long links into steps of one layer, over new nodes.
    private List<int[]> shortened(List<int[]> links, List<Integer> nodes) {
        if (links.size() > ROOM_FOR_LINES) {
            return links;
        }
        var steps = new ArrayList<int[]>();
        for (int link = 0; link < links.size(); link++) {
            int at = links.get(link)[0];
            int to = links.get(link)[1];
            int gap = nodes.get(to) - nodes.get(at) - 1;
            passed[link] = new int[Math.max(0, gap)];
            for (int i = 0; i < gap; i++) {
                nodes.add(nodes.get(at) + 1);
                int node = nodes.size() - 1;
                passed[link][i] = node;
                steps.add(new int[] {at, node});
                at = node;
            }
            steps.add(new int[] {at, to});
        }
        return steps;
    }

    private static int[][] neighbours(int nodes, List<int[]> links, int from, int to) {
        var counts = new int[nodes];
        links.forEach(link -> counts[link[from]]++);
        var out = new int[nodes][];
        for (int i = 0; i < nodes; i++) {
            out[i] = new int[counts[i]];
        }
        links.forEach(link -> out[link[from]][--counts[link[from]]] = link[to]);
        return out;
    }

    private void fill() {
        var none = new boolean[layerOf.length];
        Arrays.stream(loose).forEach(i -> none[i] = true);
        int deepest = Arrays.stream(layerOf).max().orElse(-1);
        var sizes = new int[deepest + 1];
        for (int i = 0; i < layerOf.length; i++) {
            sizes[layerOf[i]] += none[i] ? 0 : 1;
        }
        var open = new int[deepest + 1][];
        for (int i = 0; i <= deepest; i++) {
            open[i] = new int[sizes[i]];
        }
        for (int i = layerOf.length - 1; i >= 0; i--) {
            if (!none[i]) {
                open[layerOf[i]][--sizes[layerOf[i]]] = i;
            }
        }
        Arrays.stream(open).filter(layer -> layer.length > 0).forEach(layers::add);
    }

    /// Each near the mean place of what it is connected with, to the left and to the right in turn; boxes that were
    /// there before keep their order.
    private void order(IntToDoubleFunction former) {
        var place = new double[layerOf.length];
        layers.forEach(layer -> number(layer, place));
        for (int sweep = 0; sweep < 2 * SWEEPS; sweep++) {
            boolean right = sweep % 2 == 0;
            for (int i = 0; i < layers.size(); i++) {
                var layer = layers.get(right ? i : layers.size() - 1 - i);
                sort(layer, wished(layer, place, right ? before : after));
                number(layer, place);
            }
        }
        for (var layer : layers) {
            if (Arrays.stream(layer).anyMatch(i -> !Double.isNaN(former.applyAsDouble(i)))) {
                sort(layer, keptOrder(layer, former));
            }
        }
    }

    /// A new box follows the one that it would stand behind were everything new.
    private static double[] keptOrder(int[] layer, IntToDoubleFunction former) {
        var wished = new double[layer.length];
        double last = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < layer.length; i++) {
            double was = former.applyAsDouble(layer[i]);
            last = Double.isNaN(was) ? last : was;
            wished[i] = last;
        }
        return wished;
    }

    private static void number(int[] layer, double[] place) {
        for (int i = 0; i < layer.length; i++) {
            place[layer[i]] = i - layer.length / 2.0;
        }
    }

    private static void sort(int[] layer, double[] by) {
        var order = new Integer[layer.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble(i -> by[i]));
        var was = layer.clone();
        for (int i = 0; i < layer.length; i++) {
            layer[i] = was[order[i]];
        }
    }
}
