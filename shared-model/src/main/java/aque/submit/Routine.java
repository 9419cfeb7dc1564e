package aque.submit;

import aque.openjd.JobTemplate;
import aque.openjd.Jobs;
import aque.openjd.ParameterDefinition;
import aque.openjd.TemplateException;
import aque.openjd.TemplateReader;
import aque.schedule.Needs;
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
            return of(name, TemplateReader.readJob(file));
        } catch (TemplateException e) {
            return broken(name, file, e.problems().stream().map(String::valueOf).toList());
        } catch (SubmitException e) {
            return broken(name, file, e.problems());
        } catch (IOException e) {
            return broken(name, file, List.of(file + ": may not be read: " + e.getMessage()));
        }
    }

    /// A template that was read.
    ///
    /// @throws SubmitException when its Aque section is wrong
    static Routine of(String name, JobTemplate template) throws IOException {
        var section = AqueSection.of(template.file(), Files.readString(template.file()));
        return new Routine(name, section.summary(), template.file(), Optional.of(template), List.of(), section);
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
        return offer(name, Map.of(), List.of()).takingAlong();
    }

    /// An offer of a file that a person says is for this one.
    ///
    /// @throws SubmitException when it is broken, or takes no file
    public Offer take(Path dropped) {
        if (aque.drop().isEmpty()) {
            throw new SubmitException(
                    problems.isEmpty() ? List.of("the template " + name + " takes no file") : problems);
        }
        var frames = takesSequences() ? FrameSequence.of(dropped) : Optional.<FrameSequence>empty();
        return frames.map(this::offer).orElseGet(() -> offer(dropped)).takingAlong();
    }

    /// An offer of a dropped file.
    Offer offer(Path dropped) {
        var drop = aque.drop().orElseThrow();
        var fileName = String.valueOf(dropped.getFileName());
        var dot = fileName.lastIndexOf('.');
        var whole = dropped.toAbsolutePath().normalize();
        var ending = SceneFile.extension(dropped);
        var preset = new HashMap<>(
                filled(drop, dropped, whole.toString(), dot <= 0 ? fileName : fileName.substring(0, dot)));
        var told = SceneFile.values(whole, ending);
        told.forEach((parameter, value) -> {
            if (asks(parameter)) {
                preset.put(parameter, value);
            }
        });
        var offer = offer(fileName, preset, SceneFile.notes(whole, ending));
        return told.isEmpty() && !aque.inspect().isEmpty() ? offer.with(inspection(fileName, whole)) : offer;
    }

    private Inspection inspection(String fileName, Path scene) {
        var symbols = Map.of("Param." + aque.drop().orElseThrow().parameter(), scene.toString());
        return new Inspection(
                fileName, aque.inspect().stream().map(w -> w.resolve(symbols)).toList());
    }

    /// An offer of dropped frames.
    Offer offer(FrameSequence frames) {
        var preset = new HashMap<>(filled(
                aque.drop().orElseThrow(), frames.pattern(), frames.pattern().toString(), frames.name()));
        if (asks("Start")) {
            preset.put("Start", "" + frames.frames().first());
        }
        if (asks("End")) {
            preset.put("End", "" + frames.frames().last());
        }
        if (asks("Frames")) {
            preset.put("Frames", frames.frames().toString());
        }
        var gaps = frames.gaps();
        return offer(
                frames.toString(), preset, gaps.isEmpty() ? List.of() : List.of("frames that are not there: " + gaps));
    }

    private Map<String, String> filled(AqueSection.Drop drop, Path dropped, String value, String bare) {
        var preset = new HashMap<String, String>();
        preset.put(drop.parameter(), value);
        if (asks("Title")) {
            preset.put("Title", bare.length() <= 100 ? bare : bare.substring(0, 100));
        }
        if (!drop.output().isEmpty()) {
            preset.put("Output", drop.outputFor(dropped, bare));
        }
        return preset;
    }

    private boolean asks(String parameter) {
        return parameters().stream().anyMatch(p -> p.name().equals(parameter));
    }

    /// @param title what was dropped
    Offer offer(String title, Map<String, String> preset, List<String> notes) {
        var job = template.orElseThrow(() -> new SubmitException(problems));
        var scene = aque.drop().filter(d -> aque.freeze()).map(AqueSection.Drop::parameter);
        return new Offer(title, this.name, parameters(), preset, notes, Optional.empty(), scene, values -> {
            var given = new HashMap<>(preset);
            given.putAll(values.parameters());
            var made = Jobs.create(job, values.environments(), given, values.cwd());
            return asAqueSays(OpenJdSubmission.of(made, values, aque));
        });
    }

    private Submission asAqueSays(Submission submission) {
        var out = aque.priority().map(submission::withPriority).orElse(submission);
        if (aque.retries() == 0 && aque.cpus().isEmpty()) {
            return out;
        }
        return out.withEach(t -> t.isGroup() ? t : asAqueSays(t));
    }

    private NewTask asAqueSays(NewTask task) {
        var out = aque.retries() == 0 ? task : task.withOptions(task.options().withRetries(aque.retries()));
        // What a step says itself goes before.
        return aque.cpus().isPresent() && out.needs().equals(Needs.ONE_CPU)
                ? out.withNeeds(out.needs().withCpu(aque.cpus().get()))
                : out;
    }
}
