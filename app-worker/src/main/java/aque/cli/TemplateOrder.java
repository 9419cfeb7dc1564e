package aque.cli;

import aque.broker.SceneAsker;
import aque.farm.Reach;
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
import java.util.function.BiFunction;

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
            return of(
                    shell, args, routine.offer(), (values, copy) -> Source.ofRoutine(name, values.parameters(), copy));
        }
        var path = file(args.words().getFirst());
        return of(shell, args, routine.take(path), path);
    }

    static Order of(Shell shell, Arguments args, Path path) {
        return of(shell, args, Offers.of(path), path);
    }

    private static Order of(Shell shell, Arguments args, Offer offer, Path path) {
        return of(shell, args, offer, (values, copy) -> Source.of(path, values.parameters(), copy));
    }

    private static Order of(
            Shell shell, Arguments args, Offer given, BiFunction<Offer.Values, Optional<SceneCopy>, Source> source) {
        given.notes().forEach(shell::say);
        var values = values(args);
        var offer = asked(shell, args, given, values);
        sayUnseen(shell, offer, values);
        var copy = frozen(args, offer, values);
        try {
            var made = offer.submission(copy.map(SceneCopy::values).orElse(values));
            var submission = withTaskOptions(args, made).withEnvironment(environment(args, made));
            return new Order(Order.withOptions(args, submission), Optional.of(source.apply(values, copy)), copy);
        } catch (RuntimeException e) {
            copy.ifPresent(SceneCopy::delete);
            throw e;
        }
    }

    /// The offer with what the scene's tool tells, where the file does not and somebody wants to know.
    private static Offer asked(Shell shell, Arguments args, Offer offer, Offer.Values values) {
        if (!args.has("inspect")) {
            if (offer.inspection().isPresent() && !values.parameters().containsKey("Frames")) {
                shell.say("the file does not tell its frames; --inspect asks its own tool on a worker");
            }
            return offer;
        }
        try {
            return new SceneAsker(shell.broker(), shell.farm(), shell.logs()).ask(offer, values, SceneAsker.PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SubmitException("interrupted while a worker was asked");
        }
    }

    /// A frame that no worker can read or write fails after a wait; better to be told at once.
    private static void sayUnseen(Shell shell, Offer offer, Offer.Values values) {
        Reach.unseen(offer.paths(values), shell.farm())
                .forEach(
                        (name, path) -> shell.say("no worker sees " + Text.clean(path.toString()) + " (" + name + ")"));
    }

    private static Optional<SceneCopy> frozen(Arguments args, Offer offer, Offer.Values values) {
        if (args.has("no-freeze")) {
            return Optional.empty();
        }
        // What joins a job is not known to it by its file, so nobody would remove the copy.
        return args.has("parent") ? SceneCopy.watching(offer, values) : SceneCopy.of(offer, values);
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
        if (args.has("warm")) {
            throw new UsageException(
                    "--warm is of commands; the tasks of a template share their session's environments");
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
