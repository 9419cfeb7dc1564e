package aque.desktop;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/// A console has as many windows as people open; one that is closed must take all that it showed with it.
class ClosedWindowViewTest {
    private static final int WINDOWS = 6;
    private static final int KEPT_BY_TOOLKIT = 2;

    /// The toolkit may keep the last one until the next has its place, and the one whose hint the mouse was over.
    @Test
    void leavesNothingInMemory() throws Exception {
        var closed = new ArrayList<WeakReference<MainWindow>>();
        for (var i = 0; i < WINDOWS; i++) {
            closed.add(openAndClose());
        }

        Console.patient().until(() -> {
            System.gc();
            return closed.stream().filter(window -> window.get() != null).count() <= KEPT_BY_TOOLKIT;
        });
    }

    private static WeakReference<MainWindow> openAndClose() throws Exception {
        var console = new Console();
        console.until(() -> console.robot.lookup(".job-tree").tryQuery().isPresent());
        console.close();
        return new WeakReference<>(console.window);
    }
}
