package aque.worker;

import aque.testing.TestFarm;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A farm and a worker on it around each test.
final class FarmWithWorker implements AfterEachCallback {
    final TestFarm farm = new TestFarm();
    final RunningWorker worker;

    FarmWithWorker() {
        try {
            worker = RunningWorker.of(farm);
        } catch (IOException e) {
            farm.close();
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        worker.close();
        farm.close();
    }
}
