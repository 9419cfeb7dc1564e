package aque.farm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FrameRateTest {
    @ParameterizedTest
    @CsvSource({
        "24, 1001, 00:00:41:17",
        "25, 1001, 00:00:40:01",
        "23.976, 1001, 00:00:41:17",
        "30000/1001, 107892, 00:59:56:12",
        "60, 0, 00:00:00:00",
        "24, -25, -00:00:01:01"
    })
    void aFrameHasATimecode(String rate, long frame, String timecode) {
        assertThat(FrameRate.of(rate).orElseThrow().timecode(frame)).isEqualTo(timecode);
    }

    @ParameterizedTest
    @CsvSource({"''", "0", "fast", "24/0", "-24", "1e9"})
    void whatIsNoRateIsNone(String text) {
        assertThat(FrameRate.of(text)).isEmpty();
    }
}
