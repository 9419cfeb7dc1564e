package aque.worker;

import aque.broker.WorkerSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// What a worker leaves to the one that replaces it, beside the processes that their keeper holds: a file in the
/// keeper's private folder.
record Legacy(int worker, String name, UUID incarnation, int started, int port, List<HandedRun> runs) {
    private static final String FILE = "legacy.json";

    WorkerSession session() {
        return new WorkerSession(worker, name, incarnation);
    }

    void write(Path keeper) throws IOException {
        Files.write(keeper.resolve(FILE), JsonMapper.shared().writeValueAsBytes(this));
    }

    /// Reads it, once: the file is gone afterwards.
    static Legacy take(Path keeper) throws IOException {
        var file = keeper.resolve(FILE);
        try {
            var legacy = JsonMapper.shared().readValue(Files.readAllBytes(file), Legacy.class);
            Files.delete(file);
            return legacy;
        } catch (JacksonException e) {
            throw new IOException("the former worker's " + file + " is not understood", e);
        }
    }
}
