package aque.desktop;

import aque.broker.Claim;
import aque.log.Channel;
import aque.schedule.Needs;
import aque.submit.NewTask;
import aque.submit.Submission;
import aque.submit.TaskOptions;
import aque.submit.Work;
import aque.task.TaskId;
import aque.testing.TestFarm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/// A farm that pretends to render, on a throw-away PostgreSQL: prints its address and goes on until it is ended. Give
/// the address to `DesktopMain --broker`. With a number as argument, one more job of so many tasks.
public final class FarmDemo {
    private static final List<String> HOSTS = List.of("node03", "node09", "node11", "node14", "node17", "node21");

    private final TestFarm farm = new TestFarm();
    private final Random random = new Random(7);
    private final List<ScriptedWorker> workers = new ArrayList<>();
    private int turn;
    private Optional<TaskId> failing = Optional.empty();

    public static void main(String[] arguments) throws InterruptedException {
        var demo = new FarmDemo();
        var boat = demo.submitAll(arguments.length == 0 ? 0 : Integer.parseInt(arguments[0]));
        System.out.println("--broker "
                + demo.farm
                        .address
                        .toString()
                        .replace("@", ":" + demo.farm.address.password().orElse("") + "@") + " --select " + boat);
        demo.work();
    }

    private TaskId submitAll(int many) {
        if (many > 0) {
            submit("archive_ep102", "farm", 100, List.of(step("pack", many, 1000)));
        }
        var sims = submit("nightly_sims", "farm", 500, List.of(step("sim", 12, 4000)));
        farm.broker.hold(List.of(submit("lookdev_chair", "bo", 700, List.of(step("turn", 96, 2000)))));
        failing = Optional.of(submit("turntable_mech", "cy", 800, List.of(step("turn", 120, 1000))));
        submit("plate_proxies", "ann", 950, List.of(step("proxy", 40, 1000)));
        submit(
                "crowd_v003",
                "bo",
                900,
                List.of(step("sim", 6, 4000), step("render", 160, 2000, 0), step("comp", 160, 1000, 1)));
        var boat = submit(
                "boat_v012",
                "ann",
                1000,
                List.of(
                        step("sim", 1, 1000),
                        step("beauty", 120, 1000, 0),
                        step("shadow", 120, 1000, 0),
                        step("comp", 120, 1000, 1, 2),
                        step("movie", 1, 1000, 3)));
        HOSTS.forEach(host -> workers.add(new ScriptedWorker(farm, host)));
        farm.broker.priority(400, List.of(sims));
        return boat;
    }

    private record Step(String name, int frames, int cpuMilli, List<Integer> upstream) {}

    private static Step step(String name, int frames, int cpuMilli, Integer... upstream) {
        return new Step(name, frames, cpuMilli, List.of(upstream));
    }

    private TaskId submit(String title, String owner, int priority, List<Step> steps) {
        var tasks = new ArrayList<NewTask>();
        tasks.add(NewTask.group(title, -1, List.of()));
        for (var step : steps) {
            tasks.add(NewTask.group(
                    step.name(), 0, step.upstream().stream().map(s -> s + 1).toList()));
        }
        for (int i = 0; i < steps.size(); i++) {
            var step = steps.get(i);
            int group = i + 1;
            IntStream.rangeClosed(1, step.frames())
                    .forEach(frame -> tasks.add(new NewTask(
                            "%04d".formatted(100 + frame),
                            new Work.Command(List.of(
                                    "blender", "-b", title + ".blend", "-o", "//out/####", "-f", "" + (100 + frame))),
                            group,
                            List.of(),
                            Needs.ONE_CPU.withCpu(step.cpuMilli()).withMemory(1L << 30),
                            0,
                            TaskOptions.NONE)));
        }
        return farm.broker
                .submit(Submission.of(title, owner, Path.of("/show/boat"), tasks)
                        .withPriority(priority))
                .id();
    }

    private void work() throws InterruptedException {
        while (true) {
            turn++;
            workers.forEach(this::turn);
            Thread.sleep(turn < 40 ? Duration.ofMillis(20) : Duration.ofMillis(1000));
        }
    }

    private void turn(ScriptedWorker worker) {
        if (worker.running().size() < 4) {
            worker.take(4 - worker.running().size());
        }
        worker.running().forEach(claim -> progress(worker, claim));
        worker.beat().forEach(worker::dies);
    }

    private final Map<TaskId, Integer> samples = new java.util.HashMap<>();

    private void progress(ScriptedWorker worker, Claim claim) {
        int done = samples.merge(claim.task(), 2 + random.nextInt(turn < 40 ? 90 : 3), Integer::sum);
        int frame = Integer.parseInt(claim.name());
        if (frame == 117 && failing.equals(Optional.of(claim.job())) && done > 90) {
            worker.writes(claim, Channel.STDERR, "\u001b[31mError: texture '//tex/hull_spec.exr' not found\u001b[0m\n");
            worker.fails(claim, 1);
            return;
        }
        worker.writes(
                claim,
                Channel.STDOUT,
                "Fra:%d Mem:%.1fM (Peak 1.9G) | Time:00:%02d.91 | Rendered %d/128 samples\n"
                        .formatted(frame, 700 + done * 3.1, done % 60, done));
        if (done % 9 == 0) {
            worker.writes(claim, Channel.STDERR, "Warning: texture '//tex/hull_spec.exr' not found, using pink\n");
        }
        worker.used(claim, (int) (claim.cpuMilli() * (0.75 + random.nextDouble() * 0.3)), (400L + done * 4L) << 20);
        worker.progresses(claim, Math.min(99, done * 100.0 / 128), "sample " + done + " of 128");
        if (done >= 128) {
            worker.succeeds(claim);
        }
    }
}
