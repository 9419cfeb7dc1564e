package aque.demo;

import aque.schedule.Needs;
import aque.submit.NewTask;
import aque.submit.Submission;
import aque.submit.TaskOptions;
import aque.submit.Work;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The demo as a job: the sky first, then all frames at once, then the film and the contact sheet.
///
/// ```
/// sky ─► frames (0001 … 0024) ─► movie
///                             └► contact sheet
/// ```
public final class DemoJob {
    private static final double FRAME_SECONDS = 2;

    private DemoJob() {}

    /// The job that makes its pictures in `folder`, run by this Java with this class path.
    public static Submission submission(String owner, Path folder) {
        var where = folder.toAbsolutePath();
        var tasks = new ArrayList<NewTask>();
        tasks.add(NewTask.group("Boat at dusk", -1, List.of()));
        tasks.add(task("sky", 0, List.of(), List.of("bake", where.toString())));
        tasks.add(NewTask.group("frames", 0, List.of(1)));
        for (int i = 1; i <= RenderMain.FRAMES; i++) {
            tasks.add(task("%04d".formatted(i), 2, List.of(), List.of("frame", String.valueOf(i), where.toString())));
        }
        tasks.add(task("movie", 0, List.of(2), List.of("movie", where.toString())));
        tasks.add(task("contact sheet", 0, List.of(2), List.of("sheet", where.toString())));
        return Submission.of("Boat at dusk", owner, where, tasks);
    }

    /// The film that the job of `folder` leaves.
    public static Path result(Path folder) {
        return folder.toAbsolutePath().resolve(RenderMain.MOVIE);
    }

    private static NewTask task(String name, int parent, List<Integer> upstream, List<String> arguments) {
        var command = new ArrayList<>(java());
        command.addAll(arguments);
        return new NewTask(
                name, new Work.Command(command), parent, upstream, Needs.ONE_CPU, FRAME_SECONDS, TaskOptions.NONE);
    }

    private static List<String> java() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-Dstdout.encoding=UTF-8",
                "-cp",
                classPath(),
                RenderMain.class.getName());
    }

    /// Where this program itself is: its pictures need nothing else.
    private static String classPath() {
        var source = DemoJob.class.getProtectionDomain().getCodeSource();
        return Path.of(URI.create(source.getLocation().toString())).toString();
    }
}
