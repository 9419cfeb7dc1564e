package aque.submit;

import aque.openjd.Bundle;
import aque.openjd.EnvironmentTemplate;
import aque.openjd.JobTemplate;
import aque.openjd.TemplateReader;
import aque.schedule.Needs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Looks at paths and says what they can become. Reads files; runs and writes nothing. Any thread, not the FX one.
public final class Offers {
    private static final Set<String> TEMPLATES = Set.of("yaml", "yml", "json");
    private static final Map<String, List<String>> INTERPRETERS = Map.of(
            "sh", List.of("sh"),
            "bash", List.of("bash"),
            "py", List.of("python3"),
            "bat", List.of("cmd", "/c"));

    private static final Pattern DEADLINE = Pattern.compile("(?i).*(job|submit|plugin)_?info.*\\.(job|txt)");

    private Offers() {}

    /// Would [#of] look at this as a path, though nothing is there? A word with a slash or a known extension is one.
    public static boolean looksLikePath(String word) {
        var ending = SceneFile.extension(Path.of(word));
        return word.contains("/") || TEMPLATES.contains(ending) || INTERPRETERS.containsKey(ending);
    }

    /// Does it end as templates do?
    public static boolean isTemplate(Path path) {
        return TEMPLATES.contains(SceneFile.extension(path));
    }

    /// @throws SubmitException when it is nothing that Aque knows, [aque.openjd.TemplateException] when it is broken
    public static Offer of(Path path) {
        return understood(path).takingAlong();
    }

    /// A pipe or a device would keep its reader waiting.
    private static void mustBeThere(Path path) {
        if (!Files.exists(path)) {
            throw new SubmitException(path + ": there is no such file or folder");
        }
        if (!Files.isReadable(path)) {
            throw new SubmitException(path + ": may not be read");
        }
        if (!Files.isRegularFile(path) && !Files.isDirectory(path)) {
            throw new SubmitException(path + ": is neither a file nor a folder");
        }
    }

    private static Offer understood(Path path) {
        mustBeThere(path);
        if (Files.isDirectory(path)) {
            return folder(path);
        }
        var ending = SceneFile.extension(path);
        if (ending.equals("xml") && CueSpec.isOne(path)) {
            return CueTasks.offer(path);
        }
        var afanasy = ending.equals("json") ? AfanasyJob.in(path) : Optional.<Offer>empty();
        if (afanasy.isPresent()) {
            return afanasy.get();
        }
        if (isTemplate(path)) {
            return template(TemplateReader.readJob(path), Map.of());
        }
        return script(path, ending)
                .or(() -> deadline(path))
                .or(() -> list(path, ending))
                .or(() -> routine(path, ending))
                .orElseThrow(() -> new SubmitException(Choices.of(path)));
    }

    /// A bundle, or else the one sequence of frames that it holds.
    private static Offer folder(Path path) {
        if (Bundle.isIn(path)) {
            var bundle = Bundle.read(path);
            return template(bundle.template(), bundle.values());
        }
        var sequences = FrameSequence.in(path);
        if (sequences.size() == 1) {
            return routine(sequences.getFirst())
                    .orElseThrow(() -> new SubmitException(path + ": no template takes frames in ."
                            + sequences.getFirst().extension()));
        }
        if (sequences.size() > 1) {
            throw new SubmitException(path + ": holds several sequences, choose one: "
                    + String.join(
                            "; ",
                            sequences.stream().map(FrameSequence::toString).toList()));
        }
        return template(Bundle.read(path).template(), Map.of());
    }

    /// What a submitter writes for Deadline, which may end as a list does.
    private static Optional<Offer> deadline(Path path) {
        return DEADLINE.matcher(String.valueOf(path.getFileName())).matches()
                ? Library.ofUser().routine("deadline").map(r -> r.take(path))
                : Optional.empty();
    }

    private static Optional<Offer> list(Path path, String ending) {
        return switch (ending) {
            case "txt" -> Optional.of(ListFile.commands(path));
            case "csv" -> Optional.of(ListFile.rows(path));
            default -> Optional.empty();
        };
    }

    private static Optional<Offer> routine(Path path, String ending) {
        var routines = Library.ofUser().forExtension(ending);
        if (routines.stream().anyMatch(Routine::takesSequences)) {
            var frames = FrameSequence.of(path);
            if (frames.isPresent()) {
                return routine(frames.get());
            }
        }
        return routines.stream().filter(r -> !r.takesSequences()).findFirst().map(r -> r.offer(path));
    }

    private static Optional<Offer> routine(FrameSequence frames) {
        return Library.ofUser().forExtension(frames.extension()).stream()
                .filter(Routine::takesSequences)
                .findFirst()
                .map(r -> r.offer(frames));
    }

    /// Several dropped paths: one offer each, frames of one sequence together one.
    public static List<Offer> of(List<Path> paths) {
        return distinct(paths).stream().map(Offers::of).toList();
    }

    /// Of these paths those that stand for a job of their own: of a sequence of frames the first.
    public static List<Path> distinct(List<Path> paths) {
        var out = new LinkedHashMap<Object, Path>();
        var sequences = new ArrayList<FrameSequence>();
        for (var path : paths) {
            var whole = path.toAbsolutePath().normalize();
            if (sequences.stream().anyMatch(s -> s.holds(whole))) {
                continue;
            }
            var frames = Files.isRegularFile(path) ? FrameSequence.of(path) : Optional.<FrameSequence>empty();
            frames.ifPresent(sequences::add);
            out.putIfAbsent(whole, path);
        }
        return List.copyOf(out.values());
    }

    /// Validates a template of any kind, or a bundle, without making anything of it.
    ///
    /// @return the job template, with the values that lie beside it; empty for what is none
    public static Optional<Bundle> check(Path path) {
        mustBeThere(path);
        if (Files.isDirectory(path)) {
            var unused = folder(path);
            return Bundle.isIn(path) ? Optional.of(Bundle.read(path)) : Optional.empty();
        }
        if (isTemplate(path) && AfanasyJob.in(path).isEmpty()) {
            if (TemplateReader.read(path) instanceof JobTemplate template) {
                var unused = template(template, Map.of()); // its Aque section is looked at too
                return Optional.of(new Bundle(template, Map.of()));
            }
        } else {
            var offer = understood(path);
            if (offer.parameters().isEmpty()) {
                // A job of another farm, a list: what is in it is looked at when it is made.
                offer.submission(Offer.Values.of(Map.of(), Path.of("").toAbsolutePath(), ""));
            }
        }
        return Optional.empty();
    }

    private static Offer template(JobTemplate template, Map<String, String> preset) {
        try {
            return Routine.of("OpenJD template", template).offer(template.name().toString(), preset, List.of());
        } catch (IOException e) {
            throw new SubmitException(template.file() + ": may not be read: " + e.getMessage());
        }
    }

    private static Optional<Offer> script(Path path, String ending) {
        var command = new ArrayList<String>();
        if (!Files.isExecutable(path) || firstLine(path).isEmpty()) {
            var interpreter = INTERPRETERS.get(ending);
            if (interpreter == null) {
                return Optional.empty();
            }
            command.addAll(interpreter);
        }
        var absolute = path.toAbsolutePath().normalize();
        command.add(absolute.toString());
        var name = String.valueOf(path.getFileName());
        return Optional.of(new Offer(
                name, "script", List.of(), Map.of(), values -> lone(name, command, values.cwd(), values.owner())));
    }

    private static Submission lone(String name, List<String> command, Path cwd, String owner) {
        var task = new NewTask(name, new Work.Command(command), -1, List.of(), Needs.ONE_CPU, 0, TaskOptions.NONE);
        return Submission.of(name, owner, cwd, List.of(task));
    }

    /// The line that names its interpreter.
    private static Optional<String> firstLine(Path path) {
        try (var in = Files.newInputStream(path)) {
            var head = new String(in.readNBytes(128), StandardCharsets.ISO_8859_1);
            return head.startsWith("#!") ? head.lines().findFirst() : Optional.empty();
        } catch (IOException e) {
            throw new SubmitException(path + ": may not be read: " + e.getMessage());
        }
    }

    /// An environment template to put around jobs.
    public static EnvironmentTemplate environment(Path path) {
        if (!Files.exists(path)) {
            throw new SubmitException(path + ": there is no such file");
        }
        return TemplateReader.readEnvironment(path);
    }
}
