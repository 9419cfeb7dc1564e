package aque.worker;

import static org.assertj.core.api.Assertions.assertThat;

import aque.testing.TestFarm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The examples of `examples/java` do what they say.
@Timeout(value = 90, unit = TimeUnit.SECONDS)
final class JavaExamplesTest {
    private static final Path EXAMPLES = Path.of("..", "examples", "java");

    private final TestFarm farm = new TestFarm();
    private RunningWorker worker;

    @TempDir
    private Path classes;

    @BeforeEach
    void start() throws IOException {
        worker = RunningWorker.of(farm);
    }

    @AfterEach
    void stop() {
        worker.close();
        farm.close();
    }

    @Test
    void oneCommandIsSubmittedAndWaitedFor() throws Exception {
        assertThat(run("SubmitAndWait")).isEqualTo("success: hello\n");
    }

    @Test
    void whatTenTasksLeaveIsSummedUp() throws Exception {
        assertThat(run("FanOut")).isEqualTo("success: 385\n");
    }

    @Test
    void aJobIsListenedTo() throws Exception {
        assertThat(run("Listen")).contains("submitted: 1\n", "nap: success\n");
    }

    /// Compiles one and runs it; what it printed.
    private String run(String name) throws Exception {
        var compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
        var source = EXAMPLES.resolve(name + ".java").toString();
        var path = System.getProperty("java.class.path");
        assertThat(compiler.run(null, null, null, "-proc:none", "-d", classes.toString(), "-cp", path, source))
                .isZero();
        var printed = new ByteArrayOutputStream();
        var out = System.out;
        try (var loader = new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            loader.loadClass(name).getMethod("main", String[].class).invoke(null, (Object) new String[] {url()});
        } finally {
            System.setOut(out);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }

    private String url() {
        var at = farm.address;
        return "postgresql://" + at.user() + ":" + at.password().orElse("") + "@" + at.host() + ":" + at.port() + "/"
                + at.database();
    }
}
