package aque.cli;

import aque.farm.Footage;
import aque.farm.FrameRate;
import aque.farm.Roll;
import aque.openjd.JobDocument;
import aque.task.TaskView;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// `aque report JOB…`: what is done of each step, shot and sequence, in frames, timecode and time (A108), see
/// [Footage].
final class ReportCommand {
    private final Shell shell;
    private final boolean json;
    private final Optional<FrameRate> asked;

    private ReportCommand(Shell shell, Arguments args) {
        this.shell = shell;
        this.json = args.has("json");
        this.asked = args.get("fps")
                .map(text -> FrameRate.of(text)
                        .orElseThrow(() ->
                                new UsageException("--fps is a number from 1 to 1000, such as 24 or 23.976: " + text)));
    }

    static int run(Shell shell, List<String> typed) {
        var args = Arguments.anywhere(
                typed,
                Arguments.options(
                        Arguments.value("fps", "N", "frames a second; else the job's own, else 24"),
                        Arguments.flag("json", "one JSON object a line")));
        new ReportCommand(shell, args)
                .report(shell.tasks(args.someIds()).stream()
                        .map(TaskView::job)
                        .distinct()
                        .map(job -> Footage.of(
                                shell.farm(), job, shell.broker().document(job).map(JobDocument::fromJson)))
                        .toList());
        return Exit.DONE;
    }

    private void report(List<Footage> jobs) {
        if (!json) {
            shell.out()
                    .printf(
                            "%-34s %11s %13s %4s %5s  %-24s %9s %9s%n",
                            "", "tasks", "frames", "run", "error", "timecode", "length", "worked");
        }
        var sequences = new LinkedHashMap<String, Roll>();
        var rates = new LinkedHashMap<String, FrameRate>();
        for (var job : jobs) {
            var rate = asked.orElse(job.rate());
            var shot = job.shot().map(s -> s + " ").orElse("");
            job.steps().forEach((name, roll) -> print("step", job.job() + " " + shot + name, roll, rate));
            print("job", job.job() + " " + job.title(), job.whole(), rate);
            job.sequence().ifPresent(s -> {
                sequences.merge(s, job.whole(), Roll::with);
                rates.putIfAbsent(s, rate);
            });
        }
        sequences.forEach(
                (name, roll) -> print("sequence", "sequence " + name, roll, rates.getOrDefault(name, FrameRate.USUAL)));
    }

    private void print(String kind, String name, Roll roll, FrameRate rate) {
        if (json) {
            shell.out().println(JsonMapper.shared().writeValueAsString(json(kind, name, roll, rate)));
            return;
        }
        shell.out()
                .printf(
                        "%-34s %11s %13s %4d %5d  %-24s %9s %9s%n",
                        Text.shorter(Text.clean((kind.equals("step") ? "  " : "") + name), 34),
                        roll.done() + "/" + roll.tasks(),
                        roll.frames() == 0 ? "" : roll.framesDone() + "/" + roll.frames(),
                        roll.running(),
                        roll.failed(),
                        roll.span().map(span -> span.timecode(rate)).orElse(""),
                        roll.frames() == 0 ? "" : String.format(Locale.ROOT, "%.1fs", rate.seconds(roll.frames())),
                        Text.clock(roll.worked()));
    }

    private static Map<String, Object> json(String kind, String name, Roll roll, FrameRate rate) {
        var out = new LinkedHashMap<String, Object>();
        out.put("kind", kind);
        out.put("name", name);
        out.put("tasks", roll.tasks());
        out.put("done", roll.done());
        out.put("running", roll.running());
        out.put("failed", roll.failed());
        out.put("frames", roll.frames());
        out.put("framesDone", roll.framesDone());
        roll.span().ifPresent(span -> {
            out.put("timecodeIn", rate.timecode(span.first()));
            out.put("timecodeOut", rate.timecode(span.last()));
        });
        out.put("fps", rate.perSecond());
        out.put("seconds", rate.seconds(roll.frames()));
        out.put("workedSeconds", roll.worked().toMillis() / 1000.0);
        return out;
    }
}
