package aque.worker;

import static org.assertj.core.api.Assertions.assertThat;

import aque.session.Secrets;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class MaskTest {
    private final Secrets secrets = new Secrets();
    private final Mask mask = new Mask();

    MaskTest() {
        mask.hide(secrets);
    }

    private String pass(String piece) {
        return text(mask.pass(piece.getBytes(StandardCharsets.UTF_8)));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void withoutSecretsHalfALinePassesAtOnce() {
        assertThat(pass("loading …")).isEqualTo("loading …");
        assertThat(pass(" done\nopen")).isEqualTo(" done\n");
        assertThat(pass("ing\n")).isEqualTo("opening\n");
    }

    @Test
    void aLineThatMayNameASecretWaitsForItsEnd() {
        assertThat(pass("  OpenJD_redacted_env: A=pass")).isEmpty();
        secrets.add("password");
        assertThat(pass("word\nrest")).isEqualTo("  OpenJD_redacted_env: A=********\n");
        assertThat(text(mask.end())).isEqualTo("rest");
    }

    @Test
    void aSecretInALineWithoutEndIsHidden() {
        secrets.add("schlüssel");
        var line = "x".repeat(Mask.LONGEST_LINE);
        var out = pass(line + "schlü") + pass("ssel" + line) + text(mask.end());
        assertThat(out).isEqualTo(line + "********" + line);
    }

    @Test
    void aSecretTooLongToBeUnderstoodIsSwallowed() {
        var out = pass("openjd_redacted_env: A=" + "s".repeat(Mask.LONGEST_LINE)) + pass("sss\nnext\n");
        assertThat(out).isEqualTo("openjd_redacted_env: ********\nnext\n");
    }

    @Test
    void bytesThatAreNoSecretArriveAsTheyWere() {
        secrets.add("0123456789abcdef-0123456789");
        var random = new Random(5);
        var in = new byte[700_000];
        random.nextBytes(in);
        var out = new ByteArrayOutputStream();
        for (var at = 0; at < in.length; ) {
            var to = Math.min(in.length, at + 1 + random.nextInt(5000));
            out.writeBytes(mask.pass(Arrays.copyOfRange(in, at, to)));
            at = to;
        }
        out.writeBytes(mask.end());
        assertThat(out.toByteArray()).isEqualTo(in);
    }
}
