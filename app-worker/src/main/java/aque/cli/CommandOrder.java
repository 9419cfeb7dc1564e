package aque.cli;

import aque.submit.NewTask;
import aque.submit.Submission;
import aque.submit.Work;
import java.util.ArrayList;
import java.util.List;

/// A command as a submission: one task, or with `--range` one for each chunk of frames.
final class CommandOrder {
    private CommandOrder() {}

    static Submission submission(Arguments args, List<String> argv) {
        return Submission.of(
                        args.get("name").orElse(String.join(" ", argv)),
                        System.getProperty("user.name"),
                        SubmitOptions.cwd(args),
                        args.has("range") ? frames(args, argv) : List.of(task(args, argv)))
                .withEnvironment(SubmitOptions.environment(args));
    }

    private static NewTask task(Arguments args, List<String> argv) {
        if (SubmitOptions.warm(args).isPresent()) {
            throw new UsageException("--warm needs items: --range, aque xargs or aque map");
        }
        var hints = SubmitOptions.hints(args, argv);
        return new NewTask(
                name(args.get("name").orElse(String.join(" ", argv))),
                new Work.Command(argv),
                -1,
                List.of(),
                SubmitOptions.needs(args),
                hints.seconds(),
                SubmitOptions.options(args, hints.paths()));
    }

    private static List<NewTask> frames(Arguments args, List<String> argv) {
        var chunk = args.get("chunk").map(n -> Units.number("the chunk", n)).orElse(1);
        if (chunk < 1) {
            throw new UsageException("--chunk must be at least 1");
        }
        var options =
                SubmitOptions.options(args, SubmitOptions.hints(args, argv).paths());
        var tasks = new ArrayList<NewTask>();
        tasks.add(NewTask.group(name(args.get("name").orElse(String.join(" ", argv))), -1, List.of()));
        var frames = new FrameTasks(args.get("range").orElse(""), chunk, SubmitOptions.warm(args));
        tasks.addAll(frames.of(argv, 0, SubmitOptions.needs(args), options));
        return tasks;
    }

    /// One line of at most 200 characters.
    static String name(String text) {
        var line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= 200 ? line : line.substring(0, 199) + "…";
    }
}
