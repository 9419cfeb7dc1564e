package aque.worker;

import aque.db.Database;
import aque.farm.FarmStore;
import aque.log.Ansi;
import aque.log.Channel;
import aque.log.Fingerprint;
import aque.log.LogStore;
import aque.task.TaskId;
import aque.task.TaskView;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What failures have in common, by the beginnings of their logs: a worker that is ill fails soon. Any thread.
final class CommonCause {
    private static final Logger log = LoggerFactory.getLogger(CommonCause.class);
    private static final List<Channel> TOLD = List.of(Channel.STDERR, Channel.STDOUT, Channel.LOG);
    private static final int ENOUGH = 256 << 10;

    private final FarmStore farm;
    private final LogStore logs;

    CommonCause(Database database) {
        this.farm = new FarmStore(database);
        this.logs = new LogStore(database);
    }

    /// The error that most of these have; empty when they have none in common.
    Optional<String> of(Collection<TaskId> tasks) {
        try {
            var found = tasks.stream()
                    .flatMap(t -> farm.task(t).stream())
                    .map(this::print)
                    .collect(Collectors.groupingBy(Fingerprint::key));
            return found.values().stream()
                    .filter(same -> same.size() * 2 > tasks.size())
                    .findFirst()
                    .map(same -> same.getFirst().title());
        } catch (RuntimeException e) {
            log.debug("what failed here is not compared: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private Fingerprint print(TaskView task) {
        var chunks = logs.read(task.id(), task.attempt(), 0, ENOUGH).chunks();
        var lines = new ArrayList<String>();
        for (var channel : TOLD) {
            var text = chunks.stream()
                    .filter(c -> c.channel() == channel)
                    .map(c -> new String(c.data(), StandardCharsets.UTF_8))
                    .collect(Collectors.joining());
            Ansi.plain(text).lines().forEach(lines::add);
        }
        return Fingerprint.of(lines, task.reason());
    }
}
