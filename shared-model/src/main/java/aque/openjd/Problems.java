package aque.openjd;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Collects everything that is wrong with one file, so that its author mends all of it in one go. One thread.
final class Problems {

    /// Nobody reads more; a hostile file must not make more.
    private static final int MOST = 200;

    private static final int LONGEST = 600;

    private final Path file;
    private final List<Problem> found = new ArrayList<>();

    Problems(Path file) {
        this.file = file;
    }

    Path file() {
        return file;
    }

    void add(int line, String path, String message) {
        if (found.size() < MOST) {
            found.add(new Problem(file, line, path, shortened(message)));
        }
    }

    private static String shortened(String message) {
        return message.length() <= LONGEST ? message : message.substring(0, LONGEST) + " …";
    }

    boolean none() {
        return found.isEmpty();
    }

    void throwIfAny() {
        if (!none()) {
            throw new TemplateException(found);
        }
    }

    /// The exception for a file that cannot be looked at any further.
    TemplateException fatal(int line, String message) {
        add(line, "", message);
        return new TemplateException(found);
    }
}
