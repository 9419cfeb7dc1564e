package aque.submit;

import aque.openjd.JobTemplate;
import aque.openjd.Jobs;
import aque.openjd.ParameterDefinition;
import aque.openjd.TemplateException;
import aque.openjd.TemplateReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A template of the library: work that was described beforehand, to be given its values (P27, P35). A broken one is
/// still listed, with what is wrong with it.
///
/// @param name its file's name without the ending
/// @param template empty when it is broken
/// @param problems empty when it is not
public record Routine(
        String name,
        String summary,
        Path file,
        Optional<JobTemplate> template,
        List<String> problems,
        AqueSection aque) {

    /// Reads one; what is wrong with the file ends up in it.
    static Routine read(Path file) {
        var fileName = String.valueOf(file.getFileName());
        var name = fileName.substring(0, fileName.lastIndexOf('.'));
        try {
            var template = TemplateReader.readJob(file);
            var section = AqueSection.of(file, Files.readString(file));
            return new Routine(name, section.summary(), file, Optional.of(template), List.of(), section);
        } catch (TemplateException e) {
            return broken(name, file, e.problems().stream().map(String::valueOf).toList());
        } catch (SubmitException e) {
            return broken(name, file, e.problems());
        } catch (IOException e) {
            return broken(name, file, List.of(file + ": may not be read: " + e.getMessage()));
        }
    }

    private static Routine broken(String name, Path file, List<String> problems) {
        return new Routine(name, "", file, Optional.empty(), problems, AqueSection.NONE);
    }

    /// What its form asks.
    public List<ParameterDefinition> parameters() {
        return template.map(t -> Jobs.parameters(t, List.of())).orElse(List.of());
    }

    /// The endings of files that can be dropped for it.
    public List<String> extensions() {
        return aque.drop().map(AqueSection.Drop::extensions).orElse(List.of());
    }

    boolean takesSequences() {
        return aque.drop().map(AqueSection.Drop::sequences).orElse(false);
    }

    /// An offer with nothing filled in.
    ///
    /// @throws SubmitException when it is broken
    public Offer offer() {
        return offer(name, Map.of());
    }

    /// An offer of a dropped file.
    Offer offer(Path dropped) {
        var drop = aque.drop().orElseThrow();
        var fileName = String.valueOf(dropped.getFileName());
        var dot = fileName.lastIndexOf('.');
        return filled(
                drop,
                dropped,
                dropped.toAbsolutePath().normalize().toString(),
                fileName.substring(0, Math.max(1, dot)));
    }

    /// An offer of dropped frames.
    Offer offer(FrameSequence frames) {
        var offer = filled(
                aque.drop().orElseThrow(), frames.pattern(), frames.pattern().toString(), frames.name());
        var preset = new HashMap<>(offer.preset());
        if (asks("Start")) {
            preset.put("Start", "" + frames.frames().first());
        }
        if (asks("Frames")) {
            preset.put("Frames", frames.frames().toString());
        }
        return offer(frames.toString(), preset);
    }

    private Offer filled(AqueSection.Drop drop, Path dropped, String value, String name) {
        var preset = new HashMap<String, String>();
        preset.put(drop.parameter(), value);
        if (asks("Title")) {
            preset.put("Title", name.length() <= 100 ? name : name.substring(0, 100));
        }
        if (!drop.output().isEmpty()) {
            preset.put("Output", drop.outputFor(dropped, name));
        }
        return offer(String.valueOf(dropped.getFileName()), preset);
    }

    private boolean asks(String parameter) {
        return parameters().stream().anyMatch(p -> p.name().equals(parameter));
    }

    private Offer offer(String title, Map<String, String> preset) {
        var job = template.orElseThrow(() -> new SubmitException(problems));
        return new Offer(title, this.name, parameters(), preset, values -> {
            var given = new HashMap<>(preset);
            given.putAll(values.parameters());
            var made = Jobs.create(job, values.environments(), given, values.cwd());
            return asAqueSays(OpenJdSubmission.of(made, values.mapping(), values.cwd(), values.owner()));
        });
    }

    private Submission asAqueSays(Submission submission) {
        var out = aque.priority().map(submission::withPriority).orElse(submission);
        if (aque.retries() == 0) {
            return out;
        }
        return out.withEach(t -> t.isGroup() ? t : t.withOptions(t.options().withRetries(aque.retries())));
    }
}
