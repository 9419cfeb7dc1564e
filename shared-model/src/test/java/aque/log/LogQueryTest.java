package aque.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class LogQueryTest {

    @Test
    void theLongestSureTextOfEachAlternativeIsFound() {
        assertThat(Literals.of("hull_spec\\.exr")).containsExactly("hull_spec.exr");
        assertThat(Literals.of("Fra:\\d+ Mem:")).containsExactly(" Mem:");
        assertThat(Literals.of("error(s)? in [a-z]+ frame")).containsExactly(" frame");
        assertThat(Literals.of("colou?r map|out of memory")).containsExactly("r map", "out of memory");
        assertThat(Literals.of("abcd{2}ef+gh")).containsExactly("abc");
    }

    @Test
    void whereNothingIsSureEveryLineIsTried() {
        assertThat(Literals.of("a.b")).isEmpty();
        assertThat(Literals.of("texture|.*")).isEmpty();
        assertThat(Literals.of("(?i)texture")).isEmpty();
        assertThat(Literals.of("\\x41bcdef")).isEmpty();
        assertThat(Literals.of("\\Qa|b\\E")).isEmpty();
        assertThat(Literals.of("(texture)?")).isEmpty();
        assertThat(Literals.of("[]abc]def")).isEmpty();
    }

    @Test
    void anExpressionWithoutSureTextIsSieved() {
        var finder = LogQuery.of("\\b[0-9]{2}:[0-5]9\\.[0-9]7\\b").finders().getFirst();
        var in = "Time:00:12.37\nTime:00:19.33\n00:1\n9.37\nTime:00:19.37 x".getBytes(StandardCharsets.UTF_8);
        assertThat(finder.find(in, 0, in.length)).isEqualTo(in.length - 3);
        assertThat(LogQuery.of("(foo|bär)+ba?z\\s").finders()).hasSize(1);
        assertThat(LogQuery.of("x*").finders()).isEmpty();
        assertThat(LogQuery.of("(a)\\1").finders()).isEmpty();
        assertThat(LogQuery.of("(?i)a|b").finders()).isEmpty();
    }

    @Test
    void aSieveOfVeryManyStatesForgetsAndGoesOn() {
        var finder = LogQuery.of("[ab].{14}c").finders().getFirst();
        var random = new Random(1);
        var text = new StringBuilder();
        for (int i = 0; i < 60_000; i++) {
            text.append((char) ('a' + random.nextInt(2)));
        }
        text.append('c');
        var in = text.toString().getBytes(StandardCharsets.UTF_8);
        assertThat(finder.find(in, 0, in.length)).isEqualTo(in.length - 1);
    }

    /// Expressions of all sorts of parts against lines that some of them match: what matches is never passed over.
    @Test
    void whatMatchesIsFound() {
        var random = new Random(42);
        var parts = List.of(
                "abc",
                "x?",
                "(de|f)",
                "[gh]",
                "\\.",
                "i+",
                "jk{0,2}",
                ".*",
                "\\d",
                "lm|no",
                "^",
                "p$",
                "q(?:r)*",
                "(?<n>s)",
                "[^\\]t]",
                "É",
                "u*?",
                "\\bvw",
                "(x(y)z)+",
                "[^a-h]{2}",
                "\\W",
                "[\\w.]+",
                "(?=A)",
                "B{1,40}");
        var letters = "abcdefghijklmnopqrstuvwxyz. ABCÉ17";
        int matched = 0;
        for (int round = 0; round < 40_000; round++) {
            var regex = new StringBuilder();
            for (int i = 0; i <= random.nextInt(4); i++) {
                regex.append(parts.get(random.nextInt(parts.size())));
            }
            var line = new StringBuilder();
            for (int i = 0; i < 12; i++) {
                line.append(
                        random.nextInt(3) > 0
                                ? parts.get(random.nextInt(parts.size()))
                                : letters.charAt(random.nextInt(letters.length())));
            }
            var query = LogQuery.of(fresh(regex.toString()));
            if (query.matches(line.toString()) && !query.finders().isEmpty()) {
                matched++;
                var bytes = line.toString().getBytes(StandardCharsets.UTF_8);
                assertThat(query.finders())
                        .as("%s in %s", regex, line)
                        .anyMatch(finder -> finder.find(bytes, 0, bytes.length) >= 0);
            }
        }
        assertThat(matched).isGreaterThan(3000);
    }

    /// A group has its name only once.
    private static String fresh(String regex) {
        var name = Pattern.compile("\\?<n>").matcher(regex);
        return name.results().count() < 2 ? regex : regex.replace("?<n>", "?:");
    }

    @Test
    void aPatternWithoutCapitalsMeansCapitalsToo() {
        assertThat(LogQuery.of("error").matches("Fatal ERROR")).isTrue();
        assertThat(LogQuery.of("Error").matches("Fatal ERROR")).isFalse();
    }

    @Test
    void matchesAreSaidByTheirColumns() {
        assertThat(LogQuery.of("o+").spans("foo bor x*"))
                .containsExactly(new LogQuery.Span(1, 3), new LogQuery.Span(5, 6));
        assertThat(LogQuery.of("x*").spans("abc")).isEmpty();
    }

    @Test
    void aNeedleIsFoundAtEveryPlace() {
        var in = "abcABCxabc".getBytes(StandardCharsets.UTF_8);
        assertThat(new Needle("abc", true).find(in, 0, in.length)).isZero();
        assertThat(new Needle("abc", true).find(in, 1, in.length)).isEqualTo(7);
        assertThat(new Needle("abc", false).find(in, 1, in.length)).isEqualTo(3);
        assertThat(new Needle("abc", true).find(in, 1, 9)).isEqualTo(-1);
    }
}
