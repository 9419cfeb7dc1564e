package aque.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The launcher's own functions make the cache and start from it. The JVM itself says whether it is in use: with
/// `-XX:AOTMode=on` it refuses to run without.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class StartUpCacheTest {
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final String LAUNCH = Path.of(System.getProperty("aque.root", ".."), "installers", "launch.sh")
            .toString();

    private static @TempDir Path folder;
    private String classPath = "";
    private Path cache = Path.of("");

    @BeforeAll
    void make() throws IOException, InterruptedException {
        classPath = jars();
        cache = folder.resolve("start-commands.aot");
        var made = bash("aque_make_cache \"$1\" \"$2\" \"$3\"");
        assertThat(made.code()).as(made.text()).isZero();
        assertThat(cache).isNotEmptyFile();
    }

    @Test
    void aSubmissionStartsFromTheCacheAndMakesNoClassOfItsOwn() throws IOException, InterruptedException {
        try (var server = StandInServer.start()) {
            var loaded = folder.resolve("loaded");
            var run = command(
                    "-XX:AOTMode=on -Xlog:class+load:file=" + loaded,
                    classPath,
                    "--broker postgresql://me@127.0.0.1:" + server.port() + "/db submit -- true");
            assertThat(run).isEqualTo(new Ended(0, "1\n"));
            try (var lines = Files.lines(loaded)) {
                // A class read from a jar, or a lambda put together at the first call, costs more than what it does.
                assertThat(lines.filter(l -> !l.contains("source: jrt:/")))
                        .hasSizeGreaterThan(1000)
                        .allMatch(l -> l.contains("source: shared objects file"));
            }
        }
    }

    @Test
    void aCacheThatDoesNotFitIsLeftOutWithoutAWord() throws IOException, InterruptedException {
        var last = classPath.substring(classPath.lastIndexOf(File.pathSeparator) + 1);
        for (var run : List.of(
                command("", last + File.pathSeparator + classPath, "--version"),
                command("-XX:+UseParallelGC -XX:-UseSerialGC -XX:-UseCompressedOops", classPath, "--version"))) {
            assertThat(run.code()).isZero();
            assertThat(run.text()).startsWith("aque ").hasLineCount(1);
        }
    }

    @Test
    void noneIsMadeWhereTheFolderCannotBeWritten() throws IOException, InterruptedException {
        var made = bash("aque_make_cache \"$1\" /nowhere/commands.aot \"$3\"");
        assertThat(made).isEqualTo(new Ended(1, ""));
    }

    private record Ended(int code, String text) {}

    /// As the launcher starts a command.
    private Ended command(String options, String path, String words) throws IOException, InterruptedException {
        return bash("aque_class_path() { REPLY='" + path + "'; }; AQUE_JAVA_OPTS='" + options
                + "' aque_launch \"$1\" none \"${2%-commands.aot}\" " + words);
    }

    private Ended bash(String script) throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                        "bash", "-c", ". '" + LAUNCH + "'; " + script, "test", JAVA, cache.toString(), classPath)
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        var text = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), text);
    }

    /// The test's class path as jars alone: the cache takes no folders of classes.
    private static String jars() throws IOException {
        var out = new ArrayList<Path>();
        for (var entry : List.of(System.getProperty("java.class.path").split(File.pathSeparator))) {
            var path = Path.of(entry);
            if (Files.isDirectory(path) && path.endsWith("classes")) {
                out.add(jar(path, folder.resolve("classes-" + out.size() + ".jar")));
            } else if (Files.isRegularFile(path)) {
                out.add(path);
            }
        }
        return out.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private static Path jar(Path classes, Path jar) throws IOException {
        try (var out = new JarOutputStream(Files.newOutputStream(jar));
                var files = Files.walk(classes)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(
                        new JarEntry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
                Files.copy(file, out);
                out.closeEntry();
            }
        }
        return jar;
    }
}
