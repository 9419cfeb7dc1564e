package aque.submit;

import aque.openjd.Frames;
import aque.schedule.Needs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.w3c.dom.Element;

/// Turns an OpenCue job into tasks: a group for each job and each layer, a task for each chunk of its frames. One use.
final class CueTasks {
    private static final int USUAL = 100;
    private static final long KIB = 1024;

    private final Path file;
    private final CueSpec spec;
    private final Draft draft = new Draft();
    private final Map<String, Integer> jobs = new HashMap<>();
    private final Map<String, Place> layers = new HashMap<>();

    /// Where a layer stands: its group, or its only task; and its tasks by their frames.
    private record Place(int at, List<Part> parts) {}

    private record Part(Frames frames, int at) {}

    private CueTasks(Path file, CueSpec spec) {
        this.file = file;
        this.spec = spec;
    }

    static Offer offer(Path file) {
        var spec = CueSpec.read(file);
        var title = spec.jobs().size() == 1 ? spec.jobs().getFirst().name() : ListFile.name(file);
        return new Offer(
                title,
                "OpenCue job",
                List.of(),
                Map.of(),
                spec.notes(),
                Optional.empty(),
                Optional.empty(),
                values -> new CueTasks(file, spec).submission(title, values));
    }

    private Submission submission(String title, Offer.Values values) {
        var several = spec.jobs().size() > 1;
        if (several) {
            draft.add(NewTask.group(title, -1, List.of()));
        }
        spec.jobs().forEach(j -> job(j, several ? 0 : -1));
        spec.depends().forEach(this::depend);
        var priority = spec.jobs().stream()
                .flatMap(j -> j.priority().stream())
                .findFirst()
                .map(p -> p * Submission.DEFAULT_PRIORITY / USUAL)
                .orElse(Submission.DEFAULT_PRIORITY);
        return Submission.of(title, values.owner(), values.cwd(), draft.made())
                .withHeld(spec.jobs().stream().anyMatch(CueSpec.Job::paused))
                .withPriority(priority);
    }

    private void job(CueSpec.Job job, int parent) {
        var at = draft.add(NewTask.group(job.name(), parent, List.of()));
        jobs.put(job.name(), at);
        var environment = environment(job.at());
        job.layers().forEach(l -> layer(job, l, at, environment));
        var others = job.layers().stream()
                .filter(l -> !l.post())
                .map(l -> place(job.name(), l.name()).at)
                .toList();
        job.layers().stream()
                .filter(CueSpec.Layer::post)
                .forEach(l -> others.forEach(o -> draft.after(place(job.name(), l.name()).at, o)));
    }

    private void layer(CueSpec.Job job, CueSpec.Layer layer, int parent, Map<String, String> environment) {
        var needs = needs(job.at(), layer.at());
        var options = TaskOptions.NONE.withRetries(job.retries());
        var limit = CueSpec.text(layer.at(), "timeout").map(t -> Duration.ofMinutes(whole(t, "timeout")));
        var parts = new ArrayList<Part>();
        var chunks = layer.frames().chunks(layer.chunk());
        var group = chunks.size() == 1 ? parent : draft.add(NewTask.group(layer.name(), parent, List.of()));
        for (var frames : chunks) {
            var variables = new HashMap<>(environment);
            variables.putAll(environment(layer.at()));
            variables.putAll(Map.of(
                    "CUE_JOB", job.name(),
                    "CUE_LAYER", layer.name(),
                    "CUE_FRAME", String.format("%04d-%s", frames.first(), layer.name()),
                    "CUE_IFRAME", "" + frames.first(),
                    "CUE_RANGE", layer.frames().toString(),
                    "CUE_CHUNK", "" + layer.chunk()));
            var words = FrameTokens.cue(layer.command(), frames)
                    .replace("#JOB#", job.name())
                    .replace("#LAYER#", layer.name())
                    .replace("#FRAME#", Objects.requireNonNull(variables.get("CUE_FRAME")));
            var own = options.withEnv(variables);
            var name = chunks.size() == 1 ? layer.name() : frames.toString();
            var task = new NewTask(
                    name,
                    new Work.Command(List.of("sh", "-c", words)),
                    group,
                    List.of(),
                    needs,
                    0,
                    limit.map(own::withTimeout).orElse(own));
            parts.add(new Part(frames, draft.add(task)));
        }
        layers.put(
                job.name() + "\0" + layer.name(), new Place(chunks.size() == 1 ? parts.getFirst().at : group, parts));
    }

    private void depend(CueSpec.Depend d) {
        var parts = parts(d.job(), d.layer());
        var on = parts(d.onJob(), d.onLayer());
        switch (d.type()) {
            case "FRAME_BY_FRAME" -> frameByFrame(parts, on, 0);
            case "PREVIOUS_FRAME" -> frameByFrame(parts, on, 1);
            case "JOB_ON_JOB",
                    "JOB_ON_LAYER",
                    "JOB_ON_FRAME",
                    "LAYER_ON_JOB",
                    "LAYER_ON_LAYER",
                    "LAYER_ON_FRAME",
                    "LAYER_ON_SIM_FRAME",
                    "FRAME_ON_JOB",
                    "FRAME_ON_LAYER",
                    "FRAME_ON_FRAME" ->
                places(d.type().startsWith("FRAME") ? d.frame() : "", d.job(), d.layer(), parts)
                        .forEach(t -> places(d.type().endsWith("FRAME") ? d.onFrame() : "", d.onJob(), d.onLayer(), on)
                                .forEach(o -> draft.after(t, o)));
            default ->
                throw new SubmitException(file + ": the dependency " + d.type() + " is of no kind that Aque knows");
        }
    }

    /// Tasks wait for those that have frames of theirs, or the frames before.
    private void frameByFrame(List<Part> parts, List<Part> on, int back) {
        for (var part : parts) {
            var wanted = new TreeSet<Long>();
            part.frames.numbers().forEach(n -> wanted.add(n - back));
            on.stream()
                    .filter(o -> !o.frames.and(new Frames(wanted)).isEmpty())
                    .forEach(o -> draft.after(part.at, o.at));
        }
    }

    /// The task of a frame; else the layer or the job as a whole.
    private List<Integer> places(String frame, String job, String layer, List<Part> parts) {
        if (!frame.isEmpty()) {
            var number = whole(frame, "frame");
            var found = parts.stream()
                    .filter(p -> p.frames.numbers().contains(number))
                    .map(Part::at)
                    .toList();
            if (found.isEmpty()) {
                throw new SubmitException(file + ": a dependency names the frame " + frame + ", which is not there");
            }
            return found;
        }
        return List.of(layer.isEmpty() ? group(job) : place(job, layer).at);
    }

    private List<Part> parts(String job, String layer) {
        group(job);
        return layer.isEmpty() ? List.of() : place(job, layer).parts;
    }

    private int group(String job) {
        return Optional.ofNullable(jobs.get(job))
                .orElseThrow(() -> new SubmitException(file + ": a dependency names the job " + job
                        + ", which is not in this file; submit without it and give --dep ID"));
    }

    private Place place(String job, String layer) {
        return Optional.ofNullable(layers.get(job + "\0" + layer))
                .orElseThrow(() -> new SubmitException(
                        file + ": a dependency names the layer " + layer + " of " + job + ", which is not there"));
    }

    private long whole(String text, String what) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new SubmitException(file + ": " + what + " must be a number: " + text);
        }
    }

    private static Map<String, String> environment(Element at) {
        var out = new HashMap<String, String>();
        CueSpec.children(at, "env")
                .flatMap(e -> CueSpec.children(e, "key"))
                .forEach(k -> out.put(k.getAttribute("name"), k.getTextContent().strip()));
        return out;
    }

    private Needs needs(Element job, Element layer) {
        var needs = Needs.ONE_CPU
                .withCpu(CueSpec.text(layer, "cores").map(this::cores).orElse(1000))
                .withMemory(CueSpec.text(layer, "memory")
                        .map(m -> size(m, "memory"))
                        .orElse(0L));
        var limits = new TreeMap<String, Integer>();
        CueSpec.children(layer, "limits")
                .flatMap(l -> CueSpec.children(l, "limit"))
                .forEach(l -> limits.put(l.getTextContent().strip(), 1));
        var amounts = new TreeMap<String, Double>();
        CueSpec.text(layer, "gpus")
                .map(g -> whole(g, "gpus"))
                .filter(g -> g > 0)
                .ifPresent(g -> amounts.put("amount.worker.gpu", (double) g));
        CueSpec.text(layer, "gpu_memory")
                .or(() -> CueSpec.text(layer, "gpu"))
                .map(m -> size(m, "gpu_memory") / (KIB * KIB))
                .filter(m -> m > 0)
                .ifPresent(m -> amounts.put("amount.worker.gpu.memory", (double) m));
        var platform =
                CueSpec.text(job, "os").map(o -> o.toLowerCase(Locale.ROOT)).orElse("");
        return new Needs(
                needs.cpuMilli(),
                needs.memory(),
                "",
                List.of("linux", "windows", "macos").contains(platform) ? platform : "",
                amounts,
                new TreeMap<>(),
                limits);
    }

    /// `100` is one core, and so is `1.0`; none, or less than none, is the whole machine.
    private int cores(String text) {
        try {
            var cores = text.contains(".") ? Double.parseDouble(text) : Double.parseDouble(text) / USUAL;
            return cores <= 0 ? -1 : (int) Math.max(1, Math.round(cores * 1000));
        } catch (NumberFormatException e) {
            throw new SubmitException(file + ": cores must be a number: " + text);
        }
    }

    /// `2gb`, `512m`; a bare number is KiB.
    private long size(String text, String what) {
        var match = java.util.regex.Pattern.compile("(\\d{1,12}(?:\\.\\d+)?)\\s*([kmg]?)b?")
                .matcher(text.toLowerCase(Locale.ROOT));
        if (!match.matches()) {
            throw new SubmitException(file + ": " + what + " must be a size such as 2g: " + text);
        }
        var unit = switch (match.group(2)) {
            case "m" -> KIB * KIB;
            case "g" -> KIB * KIB * KIB;
            default -> KIB;
        };
        return Math.round(Double.parseDouble(match.group(1)) * unit);
    }
}
