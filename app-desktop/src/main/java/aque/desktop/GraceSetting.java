package aque.desktop;

import aque.desktop.action.Actions;
import aque.desktop.action.Question;
import aque.desktop.settings.Settings;
import aque.desktop.theme.Texts;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// How long a kill can be taken back: asked in seconds, kept for this person. FX thread.
record GraceSetting(Session session) {
    private static final String SECTION = "grace";
    private static final int MOST = 3600;

    /// What the settings keep of it.
    record Chosen(long seconds) {}

    /// What was chosen the last time.
    static Duration of(Settings settings) {
        return settings.get(SECTION, Chosen.class)
                .filter(chosen -> chosen.seconds() >= 0 && chosen.seconds() <= MOST)
                .map(chosen -> Duration.ofSeconds(chosen.seconds()))
                .orElse(Actions.GRACE);
    }

    /// Lets a person choose.
    void ask() {
        var now = Long.toString(session.actions.grace().get().toSeconds());
        session.questions.ask(new Question(
                Texts.of("grace.set"),
                Texts.of("grace.sentence"),
                false,
                List.of(new Question.Field.Line("grace", Texts.of("grace.seconds"), now, true)),
                this::answered));
    }

    private void answered(Map<String, String> values) {
        var text = values.getOrDefault("grace", "").strip();
        if (!text.matches("[0-9]{1,4}") || Integer.parseInt(text) > MOST) {
            session.notices.failed(Texts.of("grace.wrong", text, MOST));
            return;
        }
        var chosen = new Chosen(Integer.parseInt(text));
        session.settings.put(SECTION, chosen);
        session.actions.grace().set(Duration.ofSeconds(chosen.seconds()));
    }
}
