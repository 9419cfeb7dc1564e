package aque.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalTime;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class WorkerSettingTest {
    @Test
    void whatIsNotSaidStaysAndAnEmptyWordTakesAway() {
        var setting = WorkerSetting.fromJson("{\"pools\":[\"night\"],\"tags\":[],\"hours\":\"19:00-08:00\"}");
        assertThat(setting.cpus()).isEmpty();
        assertThat(setting.hours()).isEqualTo(Optional.of(Hours.parse("19:00-08:00")));
        assertThat(setting.over(Map.of(Needs.TAG, Set.of("ssd"), Needs.POOL_ONLY, Set.of("yes"))))
                .isEqualTo(Map.of(Needs.POOL, Set.of("night"), Needs.POOL_ONLY, Set.of("yes")));
        assertThat(WorkerSetting.fromJson(setting.toJson())).isEqualTo(setting);
        assertThat(WorkerSetting.fromJson("{}")).isEqualTo(WorkerSetting.NONE);
    }

    @Test
    void hoursMayGoOverMidnight() {
        var night = Hours.parse("19:00-08:00");
        assertThat(night.contains(LocalTime.of(19, 0))).isTrue();
        assertThat(night.contains(LocalTime.of(3, 0))).isTrue();
        assertThat(night.contains(LocalTime.of(8, 0))).isFalse();
        assertThat(Hours.parse("09:30-17:00").contains(LocalTime.of(17, 0))).isFalse();
        assertThat(Hours.parse("09:30-17:00").contains(LocalTime.of(9, 30))).isTrue();
        assertThatIllegalArgumentException().isThrownBy(() -> Hours.parse("at night"));
        assertThatIllegalArgumentException().isThrownBy(() -> Hours.parse("9-25:00"));
    }
}
