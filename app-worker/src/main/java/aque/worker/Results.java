package aque.worker;

import aque.db.Database;
import aque.farm.FarmStore;
import aque.log.LogStore;
import aque.process.LaunchException;
import aque.submit.ResultWords;
import aque.task.TaskId;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What tasks left, put into the words of a command that names them: what a task said is its result, else what it wrote
/// to its standard output. A word that is one result alone becomes its plain text, inside others it is JSON. Any
/// thread.
final class Results {
    private static final int MOST = 1 << 20;

    private final FarmStore farm;
    private final LogStore logs;

    Results(Database database) {
        this.farm = new FarmStore(database);
        this.logs = new LogStore(database);
    }

    /// @throws LaunchException when a result is not there, or is more than a command can take
    List<String> filled(List<String> words) throws LaunchException {
        if (ResultWords.tasks(words).isEmpty()) {
            return words;
        }
        var known = read(words);
        return words.stream().map(word -> filled(word, known)).toList();
    }

    private Map<TaskId, List<String>> read(List<String> words) throws LaunchException {
        var known = new HashMap<TaskId, List<String>>();
        for (var named : ResultWords.tasks(words)) {
            var values = new ArrayList<String>();
            for (var task : farm.members(named)) {
                values.add(value(task));
            }
            if (values.isEmpty()) {
                throw new LaunchException("no_result", "task " + named + ", whose result is asked for, is gone");
            }
            known.put(named, values);
        }
        return known;
    }

    /// What these tasks and the members of these groups left, a line of JSON each.
    ///
    /// @throws LaunchException when a result is not there
    String lines(List<TaskId> tasks) throws LaunchException {
        var out = new StringBuilder();
        for (var named : tasks) {
            for (var task : farm.members(named)) {
                out.append(JsonMapper.shared().writeValueAsString(json(value(task))))
                        .append('\n');
            }
        }
        return out.toString();
    }

    private static String filled(String word, Map<TaskId, List<String>> known) {
        var alone = ResultWords.isAlone(word);
        return ResultWords.filled(word, named -> {
            var values = known.getOrDefault(named.task(), List.of());
            if (named.all()) {
                return JsonMapper.shared()
                        .writeValueAsString(values.stream().map(Results::json).toList());
            }
            return alone ? values.getFirst() : json(values.getFirst()).toString();
        });
    }

    /// Numbers, lists and the like as they are; all else is text.
    private static JsonNode json(String value) {
        try {
            var node = JsonMapper.shared().readTree(value);
            return node.isMissingNode() ? JsonMapper.shared().getNodeFactory().stringNode(value) : node;
        } catch (JacksonException e) {
            return JsonMapper.shared().getNodeFactory().stringNode(value);
        }
    }

    private String value(TaskId task) throws LaunchException {
        var said = new ByteArrayOutputStream();
        var wrote = new ByteArrayOutputStream();
        var attempt = farm.task(task).map(t -> t.attempt()).orElse(0);
        var page = logs.read(task, attempt, 0, MOST);
        while (!page.chunks().isEmpty()) {
            for (var chunk : page.chunks()) {
                switch (chunk.channel()) {
                    case RESULT -> said.writeBytes(chunk.data());
                    case STDOUT -> wrote.writeBytes(chunk.data());
                    default -> {}
                }
            }
            if (said.size() > MOST || wrote.size() > MOST && said.size() == 0) {
                throw new LaunchException("no_result", "what task " + task + " left is too much for a command's words");
            }
            page = logs.read(task, attempt, page.nextSeq(), MOST);
        }
        return text(said.size() > 0 ? said : wrote);
    }

    /// Without the ends of lines at its end, as a shell has it.
    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8).replaceAll("[\r\n]+$", "");
    }
}
