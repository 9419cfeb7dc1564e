package aque.desktop.theme;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;

class FiguresTest {

    @Test
    void durationsCountHoursOnlyWhenThereAreAny() {
        assertThat(Figures.duration(Duration.ofSeconds(72))).isEqualTo("1:12");
        assertThat(Figures.duration(Duration.ofSeconds(3723))).isEqualTo("1:02:03");
    }

    @Test
    void bytesGoInPowersOf1024() {
        assertThat(Figures.bytes(512)).isEqualTo("512 B");
        assertThat(Figures.bytes(8L << 30)).isEqualTo("8 GB");
        assertThat(Figures.bytes((5L << 30) + (300L << 20))).isEqualTo("5.3 GB");
    }

    @Test
    void agesUseTheirLargestUnit() {
        assertThat(Figures.age(Duration.ofSeconds(8))).isEqualTo("8 s");
        assertThat(Figures.age(Duration.ofMinutes(41))).isEqualTo("41 m");
        assertThat(Figures.age(Duration.ofHours(50))).isEqualTo("2 d");
    }

    @Test
    void aMomentOfTodayIsATimeAndAnEarlierOneHasItsDay() {
        var noon = ZonedDateTime.of(2026, 11, 21, 12, 30, 5, 0, ZoneId.systemDefault());

        assertThat(Figures.moment(noon.toInstant(), noon.plusHours(2).toInstant()))
                .isEqualTo("12:30:05");
        assertThat(Figures.moment(noon.toInstant(), noon.plusDays(1).toInstant()))
                .isEqualTo("21 Nov 12:30");
    }

    @Test
    void coresAreWrittenWithoutTrailingZeros() {
        assertThat(Figures.cores(8000)).isEqualTo("8");
        assertThat(Figures.cores(500)).isEqualTo("0.5");
    }

    @Test
    void aHundredPercentIsSaidOnlyWhenItIsAll() {
        assertThat(Figures.percent(99.9)).isEqualTo("99 %");
        assertThat(Figures.percent(100)).isEqualTo("100 %");
    }

    @Test
    void everyToneHasAWordAndAGlyph() {
        assertThat(Tone.values()).allSatisfy(tone -> {
            assertThat(tone.word()).isNotBlank();
            assertThat(Svg.read("/aque/desktop/icons/" + tone.key() + ".svg").path())
                    .isNotBlank();
        });
    }
}
