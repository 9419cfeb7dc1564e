package aque.benchmark;

import aque.local.LocalServer;
import aque.local.PostgresCluster;
import aque.local.UserFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// A throw-away server of the binaries that Aque brings, so that the gate needs no PostgreSQL.
final class EmbeddedServer implements Server {
    private static final Map<String, String> SETTINGS =
            Map.of("fsync", "off", "shared_buffers", "64MB", "max_connections", "60", "logging_collector", "off");

    private final PostgresCluster cluster;
    private LocalServer server;

    EmbeddedServer() throws IOException {
        var folder = Files.createTempDirectory("aque-test-");
        cluster = new PostgresCluster(folder, UserFolders.ofEnvironment().cache());
        server = cluster.start(SETTINGS, text -> {});
    }

    @Override
    public String url(String database) {
        return "postgresql://" + server.user() + ":" + server.password() + "@127.0.0.1:" + server.port() + "/"
                + database;
    }

    @Override
    public void kill() throws IOException {
        try {
            new ProcessBuilder(cluster.stopCommand())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void restart() {
        server = cluster.start(SETTINGS, text -> {});
    }

    @Override
    public Path log() {
        try {
            return cluster.dataFolder().resolve("start.log");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            kill();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
