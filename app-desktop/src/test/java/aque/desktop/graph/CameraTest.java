package aque.desktop.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import aque.desktop.layout.GraphLayout.Spot;
import org.junit.jupiter.api.Test;

class CameraTest {
    @Test
    void whatIsUnderThePointerStaysThereWhileItZooms() {
        var camera = new Camera(0.7, 31, -12);

        var nearer = camera.zoomed(3, 400, 200);

        assertThat(nearer.groundX(400)).isCloseTo(camera.groundX(400), within(1e-9));
        assertThat(nearer.groundY(200)).isCloseTo(camera.groundY(200), within(1e-9));
        assertThat(nearer.scale()).isCloseTo(2.1, within(1e-9));
    }

    @Test
    void aFittedGroundIsInTheMiddleAndNoLargerThanAllowed() {
        var camera = Camera.fitting(new Spot(10, 10, 100, 50), new Spot(0, 0, 900, 700), 2);

        assertThat(camera.view(new Spot(10, 10, 100, 50))).isEqualTo(new Spot(350, 300, 200, 100));
    }

    @Test
    void theCameraOfAnInnerGroundLeadsBackToItsOuterOne() {
        var outer = new Camera(5, 100, 200);

        var inner = outer.within(30, 40, 0.01);

        assertThat(inner.view(new Spot(0, 0, 100, 100))).isEqualTo(outer.view(new Spot(30, 40, 1, 1)));
        var back = Camera.around(inner, 30, 40, 0.01);
        assertThat(back.scale()).isCloseTo(5, within(1e-9));
        assertThat(back.x()).isCloseTo(100, within(1e-9));
    }
}
