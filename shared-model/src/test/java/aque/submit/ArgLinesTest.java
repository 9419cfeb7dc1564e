package aque.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ArgLinesTest {
    private static final List<String> PRINT =
            List.of("sh", "-c", "for a in \"$@\"; do printf '%s\\000' \"$a\"; done; printf '\\001'", "sh");

    @TempDir
    private Path folder;

    @Test
    void argumentListsAreThoseOfGnuXargs() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/xargs")), "needs GNU xargs");
        var random = new Random(4711);
        for (var round = 0; round < 120; round++) {
            var input = input(random);
            var most = random.nextInt(4);
            compare(input, List.of("-0"), new ArgLines(true, Optional.empty(), Optional.empty(), Optional.empty()));
            compare(
                    input,
                    List.of("-I", "{}"),
                    new ArgLines(false, Optional.of("{}"), Optional.empty(), Optional.empty()));
            if (most > 0) {
                var n = Optional.of(most);
                compare(input, List.of("-n", "" + most), new ArgLines(false, Optional.empty(), Optional.empty(), n));
                compare(input, List.of("-L", "" + most), new ArgLines(false, Optional.empty(), n, Optional.empty()));
            } else {
                compare(input, List.of(), new ArgLines(false, Optional.empty(), Optional.empty(), Optional.empty()));
            }
        }
    }

    @Test
    void aQuoteThatDoesNotEndIsSaidWithItsLine() {
        var plain = new ArgLines(false, Optional.empty(), Optional.empty(), Optional.empty());
        assertThatThrownBy(() -> plain.commands(List.of("x"), "a\nb 'c\n"))
                .hasMessageContaining("single quote in line 2");
    }

    private static String input(Random random) {
        var pieces = List.of(
                "a", "bc", "d e", " ", "  ", "\t", "\n", "\n", " \n", "\\ ", "\\\\", "'x y'", "\"z \"", "''", "\\'",
                "{}", "é");
        var out = new StringBuilder();
        for (var i = random.nextInt(14); i > 0; i--) {
            out.append(pieces.get(random.nextInt(pieces.size())));
        }
        return out.toString();
    }

    private void compare(String input, List<String> options, ArgLines ours) throws IOException, InterruptedException {
        var file = Files.writeString(folder.resolve("in"), input);
        var replaced = options.contains("-I");
        var command = new ArrayList<>(PRINT);
        if (replaced) {
            command.addAll(List.of("<{}>", "x"));
        }
        var call = new ArrayList<>(List.of("xargs"));
        call.addAll(options);
        call.addAll(List.of("-a", file.toString()));
        call.addAll(command);
        var process = new ProcessBuilder(call).redirectErrorStream(false).start();
        var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("xargs on " + input).isZero();
        var mine = new StringBuilder();
        for (var words : ours.commands(command, input)) {
            words.subList(PRINT.size(), words.size())
                    .forEach(w -> mine.append(w).append('\0'));
            mine.append('\1');
        }
        assertThat(mine.toString())
                .as(options + " on " + input.replace("\n", "⏎"))
                .isEqualTo(printed);
    }
}
