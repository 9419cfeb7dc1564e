package aque.cli;

import aque.openjd.PathMapping;
import aque.openjd.ValuesFile;
import aque.submit.Library;
import aque.submit.Offer;
import aque.submit.Offers;
import aque.submit.SceneCopy;
import aque.submit.Source;
import aque.submit.Submission;
import aque.submit.SubmitException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A path that becomes a job: a template, a bundle, a scene, frames, a list.
final class TemplateOrder {
    private TemplateOrder() {}

    /// `--template NAME [FILE]`
    static Order named(Shell shell, Arguments args, String name) {
        if (args.words().size() > 1) {
            throw new UsageException(
                    "--template takes one file, and its values by -p NAME=VALUE: " + String.join(" ", args.words()));
        }
        var routine = Library.ofUser()
                .routine(name)
                .orElseThrow(() -> new UsageException("no template " + name + ", see aque templates"));
        if (args.words().isEmpty()) {
            return of(shell, args, routine.offer(), routine.file());
        }
        var path = file(args.words().getFirst());
        return of(shell, args, routine.take(path), path);
    }

    static Order of(Shell shell, Arguments args, Path path) {
        return of(shell, args, Offers.of(path), path);
    }

    private static Order of(Shell shell, Arguments args, Offer offer, Path path) {
        offer.notes().forEach(shell::say);
        var values = values(args);
        // What joins a job is not known to it by its file, so nobody would remove the copy.
        var copy =
                args.has("no-freeze") || args.has("parent") ? Optional.<SceneCopy>empty() : SceneCopy.of(offer, values);
        try {
            var made = offer.submission(copy.map(SceneCopy::values).orElse(values));
            var submission = withTaskOptions(args, made).withEnvironment(environment(args, made));
            return new Order(
                    Order.withOptions(args, submission), Optional.of(Source.of(path, values.parameters(), copy)), copy);
        } catch (RuntimeException e) {
            copy.ifPresent(SceneCopy::delete);
            throw e;
        }
    }

    private static Offer.Values values(Arguments args) {
        return new Offer.Values(
                parameters(args.all("parameter")),
                args.all("environment").stream()
                        .map(f -> Offers.environment(Path.of(f)))
                        .toList(),
                args.get("path-mapping-rules")
                        .map(f -> PathMapping.read(file(f)))
                        .orElse(PathMapping.NONE),
                SubmitOptions.cwd(args),
                System.getProperty("user.name"));
    }

    private static Map<String, String> environment(Arguments args, Submission made) {
        var out = new HashMap<>(made.environment());
        out.putAll(SubmitOptions.given(args));
        return out;
    }

    /// What a command line says goes before what the template says.
    private static Submission withTaskOptions(Arguments args, Submission submission) {
        if (!SubmitOptions.sayOfTasks(args)) {
            return submission;
        }
        return submission.withEach(t -> t.isGroup()
                ? t
                : t.withOptions(SubmitOptions.over(args, t.options())).withNeeds(SubmitOptions.over(args, t.needs())));
    }

    static Map<String, String> parameters(List<String> typed) {
        var out = new HashMap<String, String>();
        for (var p : typed) {
            if (p.startsWith("file://")) {
                out.putAll(ValuesFile.read(file(p)));
                continue;
            }
            var equals = p.indexOf('=');
            if (equals < 1) {
                throw new UsageException("a parameter is NAME=VALUE or file://FILE: " + p);
            }
            out.put(p.substring(0, equals), p.substring(equals + 1));
        }
        return out;
    }

    private static Path file(String name) {
        var path = Path.of(name.startsWith("file://") ? name.substring("file://".length()) : name);
        if (!Files.isReadable(path)) {
            throw new SubmitException(path + ": there is no such file");
        }
        return path;
    }
}
