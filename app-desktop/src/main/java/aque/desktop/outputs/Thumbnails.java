package aque.desktop.outputs;

import aque.desktop.feed.Background;
import aque.farm.JobOutputs.Entry;
import aque.submit.FolderNames;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import javafx.scene.image.Image;

/// Small pictures of files, read in the background, a few at a time, and kept as long as they are among the last. FX
/// thread, but for the reading.
final class Thumbnails {
    static final int WIDTH = 132;
    static final int HEIGHT = 84;
    private static final int KEPT = 600;
    private static final int AT_ONCE = 2;
    private static final List<String> OWN = List.of("png", "jpg", "jpeg", "gif", "bmp");

    private final Background background;
    private final Semaphore turns = new Semaphore(AT_ONCE);
    private final Map<Key, Optional<Image>> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Optional<Image>> eldest) {
            return size() > KEPT;
        }
    };

    /// A file that was short may be whole later.
    private record Key(Path path, Object state) {}

    Thumbnails(Background background) {
        this.background = background;
    }

    /// Hands over the picture, at once when it is known; empty when it is none that can be read here.
    void of(Entry entry, Consumer<Optional<Image>> then) {
        var key = new Key(entry.file().path(), entry.state());
        var there = known.get(key);
        if (there != null) {
            then.accept(there);
            return;
        }
        background.run("thumbnail", () -> read(entry), image -> {
            known.put(key, image);
            then.accept(image);
        });
    }

    /// Forgets all: files may be others by now.
    void forget() {
        known.clear();
    }

    private Optional<Image> read(Entry entry) throws InterruptedException {
        turns.acquire();
        try {
            var file = entry.file().files(new FolderNames()).stream().findFirst();
            return file.isPresent() ? picture(file.get()) : Optional.empty();
        } finally {
            turns.release();
        }
    }

    private static Optional<Image> picture(Path file) throws InterruptedException {
        var name = file.toString().toLowerCase(Locale.ROOT);
        if (OWN.contains(name.substring(name.lastIndexOf('.') + 1))) {
            return whole(new Image(file.toUri().toString(), WIDTH * 2.0, HEIGHT * 2.0, true, true, false));
        }
        return Decoder.png(file, WIDTH * 2).flatMap(png -> whole(new Image(new ByteArrayInputStream(png))));
    }

    private static Optional<Image> whole(Image image) {
        return image.isError() || image.getWidth() == 0 ? Optional.empty() : Optional.of(image);
    }
}
