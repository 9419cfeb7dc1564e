package aque.desktop.feed;

import static org.assertj.core.api.Assertions.assertThat;

import aque.desktop.theme.Tone;
import aque.task.TaskState;
import org.junit.jupiter.api.Test;

class TallyTest {

    @Test
    void whatWasKilledOrBlockedDidNotFailThoughItsGroupHasNoSuccess() {
        assertThat(tone(Tone.SUCCESS, Tone.KILLED)).isEqualTo(Tone.KILLED);
        assertThat(tone(Tone.CANCELLED)).isEqualTo(Tone.CANCELLED);
        assertThat(tone(Tone.SUCCESS, Tone.BLOCKED, Tone.KILLED)).isEqualTo(Tone.BLOCKED);
        assertThat(tone(Tone.KILLED, Tone.BLOCKED, Tone.ERROR)).isEqualTo(Tone.ERROR);
    }

    private static Tone tone(Tone... inside) {
        var tally = new Tally();
        for (var each : inside) {
            tally.add(each);
        }
        return tally.tone(TaskState.ERROR);
    }
}
