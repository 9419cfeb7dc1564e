package aque.session;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Keeps what a session tells.
final class Heard implements SessionListener {

    final List<String> all = new CopyOnWriteArrayList<>();

    @Override
    public void progress(double percent) {
        all.add("progress " + percent);
    }

    @Override
    public void status(String text) {
        all.add("status " + text);
    }

    @Override
    public void fail(String text) {
        all.add("fail " + text);
    }
}
