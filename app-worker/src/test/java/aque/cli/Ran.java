package aque.cli;

import aque.task.TaskId;
import aque.testing.TestFarm;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A command line as it was typed and what became of it.
record Ran(int code, String out, String err) {
    /// Runs it on a test farm.
    static Ran on(TestFarm farm, String... words) {
        var password = farm.address.password().orElseThrow();
        return at(farm.address.toString().replaceFirst("@", ":" + password + "@"), words);
    }

    /// Runs it with any broker, also one that is not there.
    static Ran at(String broker, String... words) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var args = new ArrayList<>(List.of("--broker", broker));
        args.addAll(List.of(words));
        var printer = new PrintStream(out, true, StandardCharsets.UTF_8);
        var code = AqueMain.run(args, printer, new PrintStream(err, true, StandardCharsets.UTF_8));
        printer.flush();
        return new Ran(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /// The id that it printed, nothing else.
    TaskId id() {
        return TaskId.parse(out.strip()).orElseThrow(() -> new AssertionError(this));
    }
}
