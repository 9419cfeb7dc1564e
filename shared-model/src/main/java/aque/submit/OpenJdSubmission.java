package aque.submit;

import aque.openjd.HostRequirements;
import aque.openjd.Job;
import aque.openjd.JobDocument;
import aque.openjd.PathMapping;
import aque.openjd.Step;
import aque.schedule.Needs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Turns an OpenJD job into a submission: a group for the job, one for each step of several tasks, a task for each
/// point
/// of a step's space. Steps wait for steps as groups do, so a wait costs one row however many tasks there are. Pure.
final class OpenJdSubmission {
    /// More tasks than this are described, not built.
    static final long MOST_TASKS = 1_000_000;
    private static final long MIB = 1024 * 1024;

    private OpenJdSubmission() {}

    /// @throws SubmitException when the job has too many tasks to be built
    static Submission of(Job job, PathMapping mapping, Path cwd, String owner) {
        var total =
                job.steps().stream().mapToLong(s -> s.parameterSpace().size()).sum();
        if (total > MOST_TASKS) {
            throw new SubmitException(
                    "the job " + job.name() + " has " + total + " tasks; at most " + MOST_TASKS + " can be submitted");
        }
        var tasks = new ArrayList<NewTask>();
        tasks.add(NewTask.group(job.name(), -1, List.of()));
        var places = places(job.steps());
        for (var i = 0; i < job.steps().size(); i++) {
            addStep(tasks, job.steps().get(i), i, places);
        }
        var document = JobDocument.of(job, mapping).toJson();
        return new Submission(
                job.name(),
                owner,
                cwd,
                Map.of(),
                Optional.of(document),
                Optional.empty(),
                false,
                Submission.DEFAULT_PRIORITY,
                List.of(),
                tasks);
    }

    /// Where each step's own task or group will stand.
    private static Map<String, Integer> places(List<Step> steps) {
        var places = new HashMap<String, Integer>();
        var at = 1;
        for (var step : steps) {
            places.put(step.name(), at);
            at += step.parameterSpace().size() == 1
                    ? 1
                    : (int) step.parameterSpace().size() + 1;
        }
        return places;
    }

    private static void addStep(List<NewTask> tasks, Step step, int index, Map<String, Integer> places) {
        var upstream = step.dependencies().stream().map(places::get).toList();
        var needs = needs(step.hostRequirements());
        var space = step.parameterSpace();
        if (space.size() == 1) {
            tasks.add(task(step.name(), 0, upstream, index, space.get(0).toJson(), needs));
            return;
        }
        var group = tasks.size();
        tasks.add(NewTask.group(step.name(), 0, upstream));
        for (var i = 0L; i < space.size(); i++) {
            var parameters = space.get(i);
            tasks.add(task(name(parameters.toString()), group, List.of(), index, parameters.toJson(), needs));
        }
    }

    private static NewTask task(
            String name, int parent, List<Integer> upstream, int step, String parameters, Needs needs) {
        return new NewTask(name, new Work.OpenJd(step, parameters), parent, upstream, needs, 0, TaskOptions.NONE);
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
