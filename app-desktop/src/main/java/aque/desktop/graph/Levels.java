package aque.desktop.graph;

import aque.desktop.layout.GraphLayout.Spot;

/// How near one must be to see what is inside: of a card the job's boxes, of a box its tasks. In a small panel less is
/// enough, so that what is fitted is also open. Pure.
///
/// @param card the scale of the farm's ground
/// @param box the scale of a job's ground
record Levels(double card, double box) {
    private static final double BOX_WIDTH = 200;
    private static final double BOX_HEIGHT = 56;

    static Levels of(Spot room) {
        double card = Math.min(2.5, Math.min(room.width() / FarmPlan.WIDTH, room.height() / FarmPlan.HEIGHT));
        double box = Math.min(2.6, Math.min(room.width() / BOX_WIDTH, room.height() / BOX_HEIGHT));
        return new Levels(0.75 * card, Math.max(1.3, 0.8 * box));
    }
}
