package aque.desktop.tasks;

import aque.desktop.feed.Row;
import aque.desktop.theme.Texts;
import aque.desktop.theme.Tone;
import java.util.Locale;

/// The views in the sidebar: which jobs each of them shows.
public enum JobView {
    ALL,
    MINE,
    RUNNING,
    ERROR,
    WAITING,
    DONE;

    /// Does it show this job to this person?
    public boolean shows(Row job, String me) {
        return switch (this) {
            case ALL -> true;
            case MINE -> job.view().owner().equals(me);
            case RUNNING -> job.tally().active() > 0;
            case ERROR -> job.tally().of(Tone.ERROR) > 0;
            case WAITING -> !job.view().state().ended() && job.tally().active() == 0;
            case DONE -> job.view().state().ended();
        };
    }

    /// Its name for people.
    public String title() {
        return Texts.of("view." + name().toLowerCase(Locale.ROOT));
    }
}
