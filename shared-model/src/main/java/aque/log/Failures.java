package aque.log;

import aque.task.TaskId;
import aque.task.TaskView;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Failed tasks, together where the same thing went wrong: "37 frames: same traceback". Reads the end of each log
/// once, many in one statement, and remembers what it found. Any thread, one at a time.
public final class Failures {
    private static final int TAIL = 64 << 10;
    private static final int AT_ONCE = 200;
    private static final int REMEMBERED = 20_000;
    private static final List<Channel> TOLD = List.of(Channel.STDERR, Channel.STDOUT, Channel.LOG);

    private final LogStore store;
    private final Map<LogId, Fingerprint> known = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<LogId, Fingerprint> eldest) {
            return size() > REMEMBERED;
        }
    };

    /// Tasks with the same fingerprint, in the order of their ids. The title is that of the first.
    public record Group(Fingerprint fingerprint, List<TaskId> tasks) {
        public Group {
            tasks = List.copyOf(tasks);
        }
    }

    public Failures(LogStore store) {
        this.store = store;
    }

    /// The groups of these failed tasks by their last attempts, largest first. Tasks that only wait for a failed one
    /// are no failures: leave them out.
    public synchronized List<Group> groups(Collection<TaskView> failed) {
        var unknown = failed.stream().filter(t -> !known.containsKey(log(t))).toList();
        for (int from = 0; from < unknown.size(); from += AT_ONCE) {
            learn(unknown.subList(from, Math.min(unknown.size(), from + AT_ONCE)));
        }
        var groups = new LinkedHashMap<String, Group>();
        failed.stream().sorted(Comparator.comparing(TaskView::id)).forEach(task -> {
            var print = known.getOrDefault(log(task), Fingerprint.of(List.of(), reason(task)));
            groups.merge(print.key(), new Group(print, List.of(task.id())), Failures::joined);
        });
        return groups.values().stream()
                .sorted(Comparator.comparingInt((Group g) -> -g.tasks().size())
                        .thenComparing(g -> g.tasks().getFirst()))
                .toList();
    }

    private void learn(List<TaskView> tasks) {
        var tails = store.tails(tasks.stream().map(Failures::log).toList(), TAIL);
        tasks.forEach(task ->
                known.put(log(task), Fingerprint.of(lines(tails.getOrDefault(log(task), List.of())), reason(task))));
    }

    private static LogId log(TaskView task) {
        return new LogId(task.id(), task.attempt());
    }

    private static Group joined(Group one, Group other) {
        var tasks = new ArrayList<>(one.tasks());
        tasks.addAll(other.tasks());
        return new Group(one.fingerprint(), tasks);
    }

    /// How it ended, without what differs between hosts.
    private static String reason(TaskView task) {
        if (task.signal().isPresent()) {
            return "signal " + task.signal().getAsInt();
        }
        boolean plain = task.reason().isEmpty() || task.reason().equals("exit");
        return plain && task.exitCode().isPresent()
                ? "exit " + task.exitCode().getAsInt()
                : plain ? "failed" : task.reason();
    }

    /// The channels one after the other, for their lines may be torn between each other's.
    private static List<String> lines(List<LogPiece> tail) {
        var lines = new ArrayList<String>();
        for (var channel : TOLD) {
            var text = new StringBuilder();
            tail.stream()
                    .filter(p -> p.chunk().channel() == channel)
                    .forEach(p -> text.append(new String(p.chunk().data(), StandardCharsets.UTF_8)));
            Ansi.plain(text.toString()).lines().forEach(lines::add);
        }
        return lines;
    }
}
