package aque.broker;

import aque.schedule.Needs;
import aque.submit.NewTask;
import aque.submit.ResultWords;
import aque.submit.Source;
import aque.submit.Submission;
import aque.submit.Work;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// What most jobs are: a single command that waits for nothing. It goes as plain values to the SQL function
/// `submit_one`.
///
/// @param source what it was made of
/// @param times how long that took before
record OneTask(Submission submission, Optional<Source> source, LearntTimes times) implements JobForm {
    static boolean is(Submission submission) {
        return submission.tasks().size() == 1
                && submission.after().isEmpty()
                && submission.document().isEmpty()
                && submission.rules().isNone()
                && isPlain(submission.tasks().getFirst());
    }

    private static boolean isPlain(NewTask task) {
        return task.work() instanceof Work.Command command
                && task.parent() < 0
                && task.upstream().isEmpty()
                && task.options().results().isEmpty()
                && ResultWords.tasks(command.argv()).isEmpty();
    }

    private NewTask task() {
        return submission.tasks().getFirst();
    }

    @Override
    public List<Needs> needs() {
        return List.of(task().needs());
    }

    @Override
    public boolean isOneCall() {
        return true;
    }

    @Override
    public long write(Connection c, Map<Needs, Integer> known, String after) throws SQLException {
        var task = task();
        var argv = ((Work.Command) task.work()).argv();
        var call = "SELECT submit_one(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
        try (var s = c.prepareStatement(JobForm.statement(call, after))) {
            var to = new Columns(c, s, 1);
            to.text(submission.key().orElse(null)).text(submission.owner()).text(submission.title());
            to.text(submission.cwd().toString()).text(JsonText.object(submission.environment()));
            to.text(source.map(Source::toJson).orElse(null)).flag(submission.held());
            to.text(task.name())
                    .text(JsonText.list(argv))
                    .text(task.options().toJson().orElse(null));
            var seconds = task.duration() > 0 ? task.duration() : times.seconds("", task.name());
            to.id(SubmitRows.sortKey(0, seconds)).number(Objects.requireNonNull(known.get(task.needs())));
            to.number(submission.priority())
                    .text(SubmitRows.literal(task.options().ioPaths()));
            to.flag(task.options().exclusive());
            return JobForm.answer(s);
        }
    }
}
