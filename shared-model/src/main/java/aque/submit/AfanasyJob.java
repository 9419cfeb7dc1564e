package aque.submit;

import aque.schedule.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A job of Afanasy (CGRU) in its JSON: blocks of tasks, numeric ones by their frames, others one by one. One use.
final class AfanasyJob {
    private static final long MIB = 1024 * 1024;
    private static final int USUAL = 99;
    private static final int NUMERIC = 1;

    private final Path file;
    private final JsonNode job;
    private final Draft draft = new Draft();
    private final List<Block> blocks = new ArrayList<>();

    /// @param at its group
    private record Block(String name, int at, List<Part> parts, JsonNode json) {}

    /// A task: its frames, or its number in a block that has none.
    private record Part(long start, long end, int at) {}

    private AfanasyJob(Path file, JsonNode job) {
        this.file = file;
        this.job = job;
    }

    /// The job in a file of JSON; empty when it is of another kind.
    static Optional<Offer> in(Path file) {
        JsonNode job;
        try {
            job = JsonMapper.shared().readTree(Files.readAllBytes(file)).path("job");
        } catch (IOException | JacksonException e) {
            return Optional.empty(); // whoever reads it as a template says what is wrong
        }
        if (!job.path("blocks").isArray()) {
            return Optional.empty();
        }
        var title = job.path("name").asString(ListFile.name(file));
        var notes = new ArrayList<String>();
        for (var left : List.of("depend_mask", "depend_mask_global", "hosts_mask", "hosts_mask_exclude", "need_os")) {
            if (!job.path(left).asString("").isBlank()) {
                notes.add("left out: " + left + " " + job.path(left).asString());
            }
        }
        return Optional.of(new Offer(
                title,
                "Afanasy job",
                List.of(),
                Map.of(),
                notes,
                Optional.empty(),
                Optional.empty(),
                values -> new AfanasyJob(file, job).submission(title, values)));
    }

    private Submission submission(String title, Offer.Values values) {
        draft.add(NewTask.group(title, -1, List.of()));
        job.path("blocks").forEach(this::block);
        blocks.forEach(this::dependencies);
        if (blocks.stream().allMatch(b -> b.parts.isEmpty())) {
            throw new SubmitException(file + ": a job of Afanasy without tasks: nothing to run");
        }
        var made = Submission.of(title, values.owner(), values.cwd(), draft.made())
                .withEnvironment(environment(job))
                .withHeld(job.path("offline").asBoolean(false))
                .withPriority(job.path("priority").asInt(USUAL) * Submission.DEFAULT_PRIORITY / USUAL);
        var most = job.path("max_running_tasks").asInt(-1);
        return most > 0 ? made.withRules(made.rules().withMaxParallel(most)) : made;
    }

    private void block(JsonNode json) {
        var name = json.path("name").asString("block " + (blocks.size() + 1));
        var block = new Block(name, draft.add(NewTask.group(name, 0, List.of())), new ArrayList<>(), json);
        blocks.add(block);
        if (json.path("tasks").isArray()) {
            json.path("tasks").forEach(t -> single(block, t));
        } else if (json.has("frame_first") || (json.path("flags").asInt() & NUMERIC) != 0) {
            numeric(block);
        }
    }

    private void single(Block block, JsonNode task) {
        var own = task.path("command").asString("");
        var pattern = block.json.path("command").asString("");
        var command = pattern.isEmpty() ? own : pattern.replace("@#@", own);
        var environment = environment(block.json);
        environment.putAll(environment(task));
        var number = block.parts.size();
        add(block, task.path("name").asString(command), command, environment, number, number);
    }

    private void numeric(Block block) {
        var json = block.json;
        var first = json.path("frame_first").asLong(1);
        var last = Math.max(first, json.path("frame_last").asLong(first));
        var step = Math.max(1, json.path("frames_inc").asLong(1));
        var per = Math.max(1, json.path("frames_per_task").asLong(1));
        if ((last - first) / step / per >= OpenJdSubmission.MOST_TASKS) {
            throw new SubmitException(file + ": the block " + block.name + " has too many tasks");
        }
        for (var start = first; start <= last; start += step * per) {
            var end = Math.min(start + step * (per - 1), last - (last - start) % step);
            var command = FrameTokens.afanasy(json.path("command").asString(""), start, end);
            var given = json.path("tasks_name").asString("");
            var name = given.isEmpty()
                    ? (start == end ? "" + start : start + "-" + end)
                    : FrameTokens.afanasy(given, start, end);
            add(block, name, command, environment(json), start, end);
        }
    }

    private void add(Block block, String name, String command, Map<String, String> environment, long start, long end) {
        if (command.isBlank()) {
            throw new SubmitException(file + ": a task of the block " + block.name + " has no command");
        }
        var json = block.json;
        var options = TaskOptions.NONE
                .withCwd(json.path("working_directory").asString(""))
                .withEnv(environment)
                .withRetries(Math.max(0, json.path("errors_retries").asInt(0)));
        var limit = json.path("tasks_max_run_time").asLong(0);
        var at = draft.add(new NewTask(
                name,
                new Work.Command(List.of("sh", "-c", command)),
                block.at,
                List.of(),
                Needs.ONE_CPU.withMemory(Math.max(0, json.path("need_memory").asLong(0)) * MIB),
                0,
                limit > 0 ? options.withTimeout(Duration.ofSeconds(limit)) : options));
        block.parts.add(new Part(start, end, at));
    }

    /// `depend_mask`: all of the blocks that it matches come first; `tasks_depend_mask`: only
    /// the tasks of the same frames.
    private void dependencies(Block block) {
        matching(block, "depend_mask").forEach(b -> draft.after(block.at, b.at));
        for (var other : matching(block, "tasks_depend_mask")) {
            for (var part : block.parts) {
                other.parts.stream()
                        .filter(o -> o.start <= part.end && o.end >= part.start)
                        .forEach(o -> draft.after(part.at, o.at));
            }
        }
    }

    private List<Block> matching(Block block, String mask) {
        var text = block.json.path(mask).asString("");
        if (text.isEmpty()) {
            return List.of();
        }
        try {
            var pattern = Pattern.compile(text);
            return blocks.stream()
                    .filter(b -> b != block && pattern.matcher(b.name).matches())
                    .toList();
        } catch (PatternSyntaxException e) {
            throw new SubmitException(file + ": the block " + block.name + " has a " + mask + " that is none: " + text);
        }
    }

    private static Map<String, String> environment(JsonNode at) {
        var out = new HashMap<String, String>();
        at.path("environment")
                .properties()
                .forEach(e -> out.put(e.getKey(), e.getValue().asString("")));
        return out;
    }
}
