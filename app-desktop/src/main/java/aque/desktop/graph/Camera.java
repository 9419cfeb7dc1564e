package aque.desktop.graph;

import aque.desktop.layout.GraphLayout.Spot;

/// Which part of a ground is seen, and how large: a place `p` of the ground is at `p * scale + (x, y)` of the view.
/// Grounds lie within each other, the graph of a job within its card on the farm: each has its own camera. Pure.
record Camera(double scale, double x, double y) {

    /// The camera that brings `ground` into the middle of `view`, enlarged to `most` at the most.
    static Camera fitting(Spot ground, Spot view, double most) {
        double scale = Math.min(most, Math.min(view.width() / ground.width(), view.height() / ground.height()));
        return new Camera(scale, view.middleX() - ground.middleX() * scale, view.middleY() - ground.middleY() * scale);
    }

    double viewX(double groundX) {
        return groundX * scale + x;
    }

    double viewY(double groundY) {
        return groundY * scale + y;
    }

    double groundX(double viewX) {
        return (viewX - x) / scale;
    }

    double groundY(double viewY) {
        return (viewY - y) / scale;
    }

    /// Where a part of the ground is in the view.
    Spot view(Spot ground) {
        return new Spot(viewX(ground.x()), viewY(ground.y()), ground.width() * scale, ground.height() * scale);
    }

    /// Which part of the ground a part of the view shows.
    Spot ground(Spot view) {
        return new Spot(groundX(view.x()), groundY(view.y()), view.width() / scale, view.height() / scale);
    }

    Camera panned(double dx, double dy) {
        return new Camera(scale, x + dx, y + dy);
    }

    /// Scaled around a place of the view, which stays where it is.
    Camera zoomed(double factor, double viewX, double viewY) {
        return new Camera(scale * factor, viewX - (viewX - x) * factor, viewY - (viewY - y) * factor);
    }

    /// The camera of a ground that lies on this one, its origin at a place, so many times smaller.
    Camera within(double groundX, double groundY, double smaller) {
        return new Camera(scale * smaller, viewX(groundX), viewY(groundY));
    }

    /// The camera of this ground, of which `inner` is `within` these.
    static Camera around(Camera inner, double groundX, double groundY, double smaller) {
        double scale = inner.scale() / smaller;
        return new Camera(scale, inner.x() - groundX * scale, inner.y() - groundY * scale);
    }
}
