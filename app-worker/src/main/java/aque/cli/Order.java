package aque.cli;

import aque.broker.Broker;
import aque.submit.Offers;
import aque.submit.SceneCopy;
import aque.submit.Source;
import aque.submit.Submission;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// What a command line asks to be submitted.
///
/// @param source what it is made of, when it is no plain command
/// @param copy of its scene, made for it alone
record Order(Submission submission, Optional<Source> source, Optional<SceneCopy> copy) {
    Order(Submission submission) {
        this(submission, Optional.empty(), Optional.empty());
    }

    /// Nothing has been written but the copy of a scene.
    static Order of(Shell shell, Arguments args) {
        if (args.has("template")) {
            return TemplateOrder.named(shell, args, args.get("template").orElse(""));
        }
        if (args.words().isEmpty()) {
            throw new UsageException("submit what? a command, a template, a bundle folder or a script");
        }
        var lone = args.words().size() == 1 && !args.dashes();
        var word = args.words().getFirst();
        return lone && (args.has("parameter") || Offers.looksLikePath(word) || Files.exists(Path.of(word)))
                ? TemplateOrder.of(shell, args, Path.of(word))
                : new Order(withOptions(args, CommandOrder.submission(args, args.words())));
    }

    /// The same, waiting for what the command line names.
    Order waiting(Shell shell, Arguments args) {
        try {
            return new Order(Waits.on(shell, args, submission), source, copy);
        } catch (RuntimeException e) {
            copy.ifPresent(SceneCopy::delete);
            throw e;
        }
    }

    Broker.Submitted send(Shell shell) {
        var sent = false;
        try {
            var submitted = source.isPresent()
                    ? shell.broker().submit(submission, source.get())
                    : shell.broker().submit(submission);
            sent = !submitted.existed();
            if (submitted.existed()) {
                shell.say("a job with this key is there already");
            } else if (Files.notExists(submission.cwd())) {
                shell.say("there is no folder " + submission.cwd() + " here; the job waits until a worker sees it");
            }
            return submitted;
        } finally {
            if (!sent) {
                copy.ifPresent(SceneCopy::delete);
            }
        }
    }

    /// What the command line says of the job as a whole.
    static Submission withOptions(Arguments args, Submission s) {
        var out = s;
        if (args.has("name")) {
            out = out.withTitle(args.get("name").orElse(s.title()));
        }
        if (args.has("priority")) {
            out = out.withPriority(
                    Units.number("the priority", args.get("priority").orElse("")));
        }
        if (args.has("pipe-from")) {
            out = out.withAfter(Arguments.ids(args.all("pipe-from")));
        }
        var key = args.get("unique").or(() -> args.get("key"));
        if (key.isPresent()) {
            // One's own: two people may use the same word (P28).
            out = out.withKey(args.get("group").orElse(s.owner()) + "/" + filled(key.get(), args));
        }
        if (args.has("duration")) {
            var seconds = Units.duration(args.get("duration").orElse("")).toMillis() / 1000.0;
            out = out.withEach(t -> t.isGroup() ? t : t.withDuration(seconds));
        }
        out = out.withRules(SubmitOptions.rules(args, out.rules()));
        return args.has("hold") ? out.withHeld(true) : out;
    }

    /// `{Scene}:{Frames}` with the values of these parameters: a key that follows from what is asked for (W14).
    private static String filled(String key, Arguments args) {
        var out = key;
        for (var p : TemplateOrder.parameters(args.all("parameter")).entrySet()) {
            out = out.replace("{" + p.getKey() + "}", p.getValue());
        }
        return out;
    }
}
