package aque.desktop.graph;

import aque.desktop.layout.GraphLayout.Spot;

/// The way of a line from one card of the farm to another, a curve of which these are the ends and the handles: to the
/// right out of its side, else out of its foot or head, so that it never runs behind its own cards. Pure.
///
/// @param ahead where it arrives from: 1 rightwards or downwards, -1 upwards
record Route(
        double x,
        double y,
        double handleX,
        double handleY,
        double lastX,
        double lastY,
        double toX,
        double toY,
        boolean sideways,
        int ahead) {
    private static final double LEAST = 18;

    static Route of(Spot from, Spot to) {
        double right = from.x() + from.width();
        if (to.x() >= right) {
            double bend = Math.max(LEAST, (to.x() - right) / 2);
            return new Route(
                    right,
                    from.middleY(),
                    right + bend,
                    from.middleY(),
                    to.x() - bend,
                    to.middleY(),
                    to.x(),
                    to.middleY(),
                    true,
                    1);
        }
        double foot = from.y() + from.height();
        if (to.y() >= foot) {
            return upright(from, foot, to, to.y(), 1, -1);
        }
        return to.y() + to.height() <= from.y()
                ? upright(from, from.y(), to, to.y() + to.height(), -1, 1)
                : upright(from, foot, to, to.y() + to.height(), 1, 1);
    }

    private static Route upright(Spot from, double y, Spot to, double toY, int leaves, int arrives) {
        double bend = Math.max(LEAST, Math.abs(toY - y) / 2);
        return new Route(
                from.middleX(),
                y,
                from.middleX(),
                y + leaves * bend,
                to.middleX(),
                toY + arrives * bend,
                to.middleX(),
                toY,
                false,
                -arrives);
    }

    /// The head of its arrow: the x of its corners, its tip last.
    double[] headX(double length, double half) {
        return sideways ? new double[] {toX - length, toX - length, toX} : new double[] {toX - half, toX + half, toX};
    }

    /// The head of its arrow: the y of its corners, its tip last.
    double[] headY(double length, double half) {
        return sideways
                ? new double[] {toY - half, toY + half, toY}
                : new double[] {toY - ahead * length, toY - ahead * length, toY};
    }
}
