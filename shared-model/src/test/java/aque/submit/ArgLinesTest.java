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
        for (var round = 0; round < 500; round++) {
            var input = input(random);
            var some = 1 + random.nextInt(3);
            var n = Optional.of(some);
            switch (round % 8) {
                case 0 -> compare(input.replace(' ', '\0'), List.of("-0"), cut(true, none(), none(), none()));
                case 1 -> compare(input.replace(' ', '\0'), List.of("-0", "-n" + some), cut(true, none(), none(), n));
                case 2 -> compare(input.replace(' ', '\0'), List.of("-0", "-L" + some), cut(true, none(), n, none()));
                case 3 ->
                    compare(
                            input.replace(' ', '\0'),
                            List.of("-0", "-I{}"),
                            cut(true, Optional.of("{}"), none(), none()));
                case 4 -> compare(input, List.of("-I", "{}"), cut(false, Optional.of("{}"), none(), none()));
                case 5 -> compare(input, List.of("-n", "" + some), cut(false, none(), none(), n));
                case 6 -> compare(input, List.of("-L", "" + some), cut(false, none(), n, none()));
                default -> compare(input, List.of(), cut(false, none(), none(), none()));
            }
        }
    }

    private static ArgLines cut(
            boolean nul, Optional<String> replace, Optional<Integer> lines, Optional<Integer> most) {
        return new ArgLines(nul, replace, lines, most);
    }

    private static <T> Optional<T> none() {
        return Optional.empty();
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
