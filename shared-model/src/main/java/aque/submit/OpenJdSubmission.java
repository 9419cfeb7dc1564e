package aque.submit;

import aque.openjd.HostRequirements;
import aque.openjd.Job;
import aque.openjd.JobDocument;
import aque.openjd.Step;
import aque.openjd.TaskParameters;
import aque.schedule.Needs;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Turns an OpenJD job into a submission: a group for the job, one for each step of several tasks, a task for each
/// point
/// of a step's space. Steps wait for steps as groups do, so a wait costs one row however many tasks there are. Pure.
final class OpenJdSubmission {
    /// More tasks than this are described, not built.
    static final long MOST_TASKS = 1_000_000;
    private static final long MIB = 1024 * 1024;

    private OpenJdSubmission() {}

    /// @throws SubmitException when the job has too many tasks to be built
    static Submission of(Job job, Offer.Values values, AqueSection aque) {
        var total =
                job.steps().stream().mapToLong(s -> s.parameterSpace().size()).sum();
        if (total > MOST_TASKS) {
            throw new SubmitException(
                    "the job " + job.name() + " has " + total + " tasks; at most " + MOST_TASKS + " can be submitted");
        }
        var steps = steps(job.steps(), aque.byFrame());
        var last = steps.lastEntry();
        var size = last == null ? 1 : last.getKey() + last.getValue().size();
        var root = NewTask.group(job.name(), -1, List.of());
        var groups = 1 + (int) steps.values().stream().filter(Part::isGroup).count();
        var tasks = new MadeTasks(
                size,
                groups,
                i -> i == 0 ? root : steps.floorEntry(i).getValue().task(i),
                i -> i == 0 ? root : steps.floorEntry(i).getValue().shape(i));
        var outputs = job.steps().stream().collect(Collectors.toMap(Step::name, s -> aque.outputs(s.name())));
        var document = JobDocument.of(job, values.mapping(), outputs, aque.progress(), values.watched())
                .toJson();
        return Submission.of(job.name(), values.owner(), values.cwd(), tasks).withDocument(document);
    }

    /// The steps by the place of their first task or group; the job's own group is at 0.
    private static TreeMap<Integer, Part> steps(List<Step> steps, Map<String, FrameWindow> byFrame) {
        var places = new HashMap<String, Integer>();
        var at = 1;
        for (var step : steps) {
            places.put(step.name(), at);
            at += size(step);
        }
        var parts = new TreeMap<Integer, Part>();
        for (var i = 0; i < steps.size(); i++) {
            var step = steps.get(i);
            var upstream = step.dependencies().stream()
                    .map(name -> Objects.requireNonNull(places.get(name)))
                    .toList();
            var place = Objects.requireNonNull(places.get(step.name()));
            var waits = Optional.ofNullable(byFrame.get(step.name()))
                    .map(window -> new FrameWaits(window, upstreamOf(step, steps, places)));
            parts.put(place, new Part(step, i, place, upstream, needs(step.hostRequirements()), waits));
        }
        return parts;
    }

    private static Map<Integer, Step> upstreamOf(Step step, List<Step> steps, Map<String, Integer> places) {
        return steps.stream()
                .filter(s -> step.dependencies().contains(s.name()))
                .collect(Collectors.toMap(s -> Objects.requireNonNull(places.get(s.name())), s -> s));
    }

    private static int size(Step step) {
        var n = (int) step.parameterSpace().size();
        return n == 1 ? 1 : n + 1;
    }

    /// The tasks of one step: itself, or a group and its members.
    private record Part(
            Step step, int index, int place, List<Integer> upstream, Needs needs, Optional<FrameWaits> waits) {
        int size() {
            return OpenJdSubmission.size(step);
        }

        boolean isGroup() {
            return size() > 1;
        }

        NewTask shape(int at) {
            return !isGroup() || at == place || waits.isPresent() ? task(at) : task("", place, List.of(), "");
        }

        NewTask task(int at) {
            var space = step.parameterSpace();
            if (space.size() == 1) {
                return task(step.name(), 0, upstream(space.get(0)), space.get(0).toJson());
            }
            if (at == place) {
                return NewTask.group(step.name(), 0, waits.isPresent() ? List.of() : upstream);
            }
            var parameters = space.get(at - place - 1L);
            var own = waits.isPresent() ? upstream(parameters) : List.<Integer>of();
            return task(name(parameters.toString()), place, own, parameters.toJson());
        }

        private List<Integer> upstream(TaskParameters parameters) {
            return waits.map(w -> w.of(parameters.frames())).orElse(upstream);
        }

        private NewTask task(String name, int parent, List<Integer> upstream, String parameters) {
            var work = new Work.OpenJd(index, parameters);
            return new NewTask(name, work, parent, upstream, needs, 0, TaskOptions.NONE);
        }
    }

    private static String name(String parameters) {
        return parameters.length() <= 200 ? parameters : parameters.substring(0, 199) + "…";
    }

    /// cpus and memory are reserved; the other amounts and the attributes decide which workers fit.
    private static Needs needs(HostRequirements r) {
        var cpu = 1000;
        var memory = 0L;
        var amounts = new TreeMap<String, Double>();
        for (var a : r.amounts()) {
            var least = a.min().orElse(0.0);
            switch (a.name()) {
                case "amount.worker.vcpu" -> cpu = (int) Math.max(1, Math.round(least * 1000));
                case "amount.worker.memory" -> memory = Math.round(least * MIB);
                default -> amounts.put(a.name(), least);
            }
        }
        var attributes = new TreeMap<String, Needs.Attribute>();
        for (var a : r.attributes()) {
            attributes.put(
                    a.name(),
                    new Needs.Attribute(
                            a.anyOf().stream().sorted().toList(),
                            a.allOf().stream().sorted().toList()));
        }
        var needs = new Needs(cpu, memory, "", "", amounts, attributes);
        var gpus = (int) Math.ceil(amounts.getOrDefault(Needs.GPUS, 0.0));
        return gpus > 0 ? needs.withGpus(gpus) : needs;
    }
}
