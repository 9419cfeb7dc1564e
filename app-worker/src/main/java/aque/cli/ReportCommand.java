package aque.cli;

import aque.openjd.Frames;
import aque.openjd.JobDocument;
import aque.openjd.JobParameter;
import aque.task.TaskKind;
import aque.task.TaskView;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/// `aque report JOB…`: what is done of each step, shot and sequence, in frames, timecode and time (A108). Shot and
/// sequence are the job's parameters or variables of those names.
final class ReportCommand {
    private static final List<String> RATES = List.of("fps", "framerate", "rate");
    private static final int USUAL_RATE = 24;

    private ReportCommand() {}

    /// What is summed up.
    private static final class Row {
        private final TreeSet<Long> all = new TreeSet<>();
        private long frames;
        private long framesDone;
        private int tasks;
        private int done;
        private int running;
        private int failed;
        private Duration worked = Duration.ZERO;

        private void add(TaskView task, Frames of) {
            var n = of.numbers().size();
            tasks++;
            frames += n;
            all.addAll(of.numbers());
            switch (task.state()) {
                case SUCCESS -> {
                    done++;
                    framesDone += n;
                }
                case ERROR, KILLED, CANCELLED -> failed++;
                case RUNNING, STOPPING, SUSPENDED -> running++;
                default -> {}
            }
            if (task.started().isPresent()) {
                worked = worked.plus(
                        Duration.between(task.started().get(), task.ended().orElseGet(Instant::now)));
            }
        }

        private void add(Row other) {
            all.addAll(other.all);
            frames += other.frames;
            framesDone += other.framesDone;
            tasks += other.tasks;
            done += other.done;
            running += other.running;
            failed += other.failed;
            worked = worked.plus(other.worked);
        }
    }

    static int run(Shell shell, List<String> typed) {
        var args = Arguments.anywhere(
                typed,
                Arguments.options(
                        Arguments.value("fps", "N", "frames a second; else the job's own, else 24"),
                        Arguments.flag("json", "one JSON object a line")));
        var sequences = new LinkedHashMap<String, Row>();
        var rate = USUAL_RATE;
        if (!args.has("json")) {
            shell.out()
                    .printf(
                            "%-34s %11s %13s %4s %5s  %-24s %9s %9s%n",
                            "", "tasks", "frames", "run", "error", "timecode", "length", "worked");
        }
        for (var job : shell.tasks(args.someIds()).stream()
                .map(TaskView::job)
                .distinct()
                .toList()) {
            var document = shell.broker().document(job).map(JobDocument::fromJson);
            rate = args.get("fps").map(f -> Units.number("fps", f)).orElseGet(() -> rate(document));
            var around = shell.farm().surroundings(job).environment();
            var sequence = value(document, around, "sequence");
            var shot = value(document, around, "shot");
            var whole = new Row();
            for (var row : rows(shell, job, document).entrySet()) {
                var name = shot.map(s -> s + " ").orElse("") + row.getKey();
                print(shell, args, "step", job + " " + name, row.getValue(), rate);
                whole.add(row.getValue());
            }
            var title = shell.farm().task(job).map(TaskView::name).orElse("");
            print(shell, args, "job", job + " " + Text.clean(title), whole, rate);
            sequence.ifPresent(s -> sequences.computeIfAbsent(s, k -> new Row()).add(whole));
        }
        for (var sequence : sequences.entrySet()) {
            print(shell, args, "sequence", "sequence " + sequence.getKey(), sequence.getValue(), rate);
        }
        return Exit.DONE;
    }

    private static Map<String, Row> rows(Shell shell, aque.task.TaskId job, Optional<JobDocument> document) {
        var views = shell.farm().tasksOfJob(job).stream().collect(Collectors.toMap(TaskView::id, Function.identity()));
        var out = new LinkedHashMap<String, Row>();
        var steps = document.map(JobDocument::steps).orElse(List.of());
        for (var i = 0; i < steps.size(); i++) {
            var row = out.computeIfAbsent(steps.get(i).name(), s -> new Row());
            for (var task : shell.farm().tasksOfStep(job, i)) {
                Optional.ofNullable(views.get(task.id()))
                        .ifPresent(v -> row.add(v, task.parameters().frames()));
            }
        }
        for (var view : views.values()) {
            if (view.kind() == TaskKind.COMMAND) {
                var group = view.parent().map(views::get).map(TaskView::name).orElse("");
                out.computeIfAbsent(Text.shorter(Text.clean(group), 20), s -> new Row())
                        .add(view, frames(view.name()));
            }
        }
        return out;
    }

    /// A task of `--range` is called by its frames.
    private static Frames frames(String name) {
        try {
            return Frames.parse(name);
        } catch (IllegalArgumentException e) {
            return new Frames(new TreeSet<>());
        }
    }

    private static int rate(Optional<JobDocument> document) {
        return parameters(document).stream()
                .filter(p -> RATES.contains(p.name().toLowerCase(Locale.ROOT))
                        && p.value().matches("[1-9]\\d{0,3}"))
                .findFirst()
                .map(p -> Integer.parseInt(p.value()))
                .orElse(USUAL_RATE);
    }

    private static Optional<String> value(Optional<JobDocument> document, Map<String, String> around, String name) {
        return parameters(document).stream()
                .filter(p -> p.name().equalsIgnoreCase(name) && !p.value().isBlank())
                .findFirst()
                .map(JobParameter::value)
                .or(() -> Optional.ofNullable(around.get(name.toUpperCase(Locale.ROOT))))
                .map(Text::clean);
    }

    private static List<JobParameter> parameters(Optional<JobDocument> document) {
        return document.map(JobDocument::parameters).orElse(List.of());
    }

    private static void print(Shell shell, Arguments args, String kind, String name, Row row, int rate) {
        if (args.has("json")) {
            shell.out().println(JsonMapper.shared().writeValueAsString(json(kind, name, row, rate)));
            return;
        }
        var code =
                row.all.isEmpty() ? "" : timecode(row.all.getFirst(), rate) + "-" + timecode(row.all.getLast(), rate);
        shell.out()
                .printf(
                        "%-34s %11s %13s %4d %5d  %-24s %9s %9s%n",
                        Text.shorter((kind.equals("step") ? "  " : "") + name, 34),
                        row.done + "/" + row.tasks,
                        row.frames == 0 ? "" : row.framesDone + "/" + row.frames,
                        row.running,
                        row.failed,
                        code,
                        row.frames == 0 ? "" : length(row.frames, rate),
                        clock(row.worked));
    }

    private static Map<String, Object> json(String kind, String name, Row row, int rate) {
        var out = new LinkedHashMap<String, Object>();
        out.put("kind", kind);
        out.put("name", name);
        out.put("tasks", row.tasks);
        out.put("done", row.done);
        out.put("running", row.running);
        out.put("failed", row.failed);
        out.put("frames", row.frames);
        out.put("framesDone", row.framesDone);
        if (!row.all.isEmpty()) {
            out.put("timecodeIn", timecode(row.all.getFirst(), rate));
            out.put("timecodeOut", timecode(row.all.getLast(), rate));
        }
        out.put("fps", rate);
        out.put("seconds", row.frames / (double) rate);
        out.put("workedSeconds", row.worked.toMillis() / 1000.0);
        return out;
    }

    /// `00:00:41:17`: hours, minutes, seconds and frames.
    static String timecode(long frame, int rate) {
        var n = Math.abs(frame);
        var seconds = n / rate;
        return (frame < 0 ? "-" : "")
                + String.format("%02d:%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60, n % rate);
    }

    private static String length(long frames, int rate) {
        return String.format(Locale.ROOT, "%.1fs", frames / (double) rate);
    }

    private static String clock(Duration d) {
        return String.format("%d:%02d:%02d", d.toHours(), d.toMinutesPart(), d.toSecondsPart());
    }
}
