package aque.desktop.theme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The colours of both dresses can be told from what they stand on, by the measure of the WCAG: texts 4.5 to 1, signs
/// and strips 3 to 1.
class ContrastTest {
    private static final List<String> GROUNDS = List.of("-color-bg-default", "-color-bg-inset", "-aque-hover");
    private static final List<String> TEXTS = List.of(
            "-color-fg-default",
            "-color-fg-muted",
            "-color-fg-subtle",
            "-color-accent-fg",
            "-aque-soft",
            "-state-pending",
            "-state-running",
            "-state-stopping",
            "-state-held",
            "-state-success",
            "-state-error",
            "-state-killed");
    private static final List<String> SIGNS = List.of("-state-waiting", "-state-cancelled", "-state-creating");

    @ParameterizedTest
    @ValueSource(strings = {"dark", "light"})
    void everyColourIsReadOnEveryGround(String dress) throws IOException {
        var colours = colours(dress);

        for (var ground : GROUNDS) {
            for (var text : TEXTS) {
                assertThat(contrast(colours, text, ground))
                        .as(text + " on " + ground)
                        .isGreaterThan(4.5);
            }
            for (var sign : SIGNS) {
                assertThat(contrast(colours, sign, ground))
                        .as(sign + " on " + ground)
                        .isGreaterThan(3);
            }
        }
        assertThat(contrast(colours, "-aque-on-accent", "-color-accent-emphasis"))
                .isGreaterThan(4.5);
        assertThat(contrast(colours, "-aque-on-accent", "-aque-danger")).isGreaterThan(4.5);
    }

    private static Map<String, Integer> colours(String dress) throws IOException {
        try (var in = ContrastTest.class.getResourceAsStream("/aque/desktop/desktop.css")) {
            var sheet = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            int from = sheet.indexOf(".root." + dress);
            var colours = new HashMap<String, Integer>();
            var named = Pattern.compile("(-[a-z-]+): #([0-9a-f]{6});")
                    .matcher(sheet.substring(from, sheet.indexOf('}', from)));
            while (named.find()) {
                colours.put(named.group(1), Integer.parseInt(named.group(2), 16));
            }
            return colours;
        }
    }

    private static double contrast(Map<String, Integer> colours, String one, String other) {
        double a = luminance(Objects.requireNonNull(colours.get(one), one));
        double b = luminance(Objects.requireNonNull(colours.get(other), other));
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    private static double luminance(int rgb) {
        return 0.2126 * linear(rgb >> 16 & 255) + 0.7152 * linear(rgb >> 8 & 255) + 0.0722 * linear(rgb & 255);
    }

    private static double linear(int channel) {
        double part = channel / 255.0;
        return part <= 0.03928 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    }
}
