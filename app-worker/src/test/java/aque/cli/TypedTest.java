package aque.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TypedTest {
    private static byte[] line(byte[]... words) {
        var out = new ByteArrayOutputStream();
        for (var word : words) {
            out.writeBytes(word);
            out.write(0);
        }
        return out.toByteArray();
    }

    private static byte[] utf8(String word) {
        return word.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void theLastWordsAreTakenAsTheyAreWhateverTheLocale() {
        var line = line(utf8("java"), utf8("aque.cli.AqueMain"), utf8("submit"), utf8("é ü"), utf8(""), utf8("日本"));
        assertThat(Typed.last(4, line)).containsExactly("submit", "é ü", "", "日本");
        assertThat(Typed.last(0, line)).isEmpty();
    }

    @Test
    void aWordThatIsNoTextIsNamed() {
        assertThatThrownBy(() -> Typed.last(1, line(utf8("java"), new byte[] {'a', (byte) 0xff})))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("not_utf8");
    }

    @Test
    void aVariableThatIsNoTextStaysBehindAndIsNamed() {
        var all = Typed.variables(line(utf8("A=é=1"), new byte[] {'B', '=', (byte) 0xff}, utf8("C="), utf8("no")));
        assertThat(all.texts()).containsOnly(Map.entry("A", "é=1"), Map.entry("C", ""));
        assertThat(all.strange()).containsExactly("B");
    }
}
